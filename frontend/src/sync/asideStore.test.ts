import "fake-indexeddb/auto";
import { expect, it, vi } from "vitest";

import { type Copy, openAsideStore } from "./asideStore";

const copy = (at: number): Copy => ({
  reason: "ended",
  at,
  state: new Uint8Array([1]),
  unsaved: ["notes/data"],
});

it("keeps copies until each is removed", async () => {
  const store = openAsideStore("design 1 of Ada");
  await store.add(copy(1));
  await store.add(copy(2));
  const [first] = await store.all();

  await store.remove(first?.key ?? 0);

  expect(await store.all()).toMatchObject([copy(2)]);
});

it("keeps owners apart", async () => {
  const own = openAsideStore("design 2 of Ada");
  const other = openAsideStore("design 2 of Bob");
  await own.add(copy(1));
  await other.add(copy(2));

  await own.clear();

  expect(await own.all()).toEqual([]);
  expect(await other.all()).toHaveLength(1);
});

it("says where nothing can be kept", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new Error("not in a private window");
    },
  });
  const store = openAsideStore("design 3");

  expect(await store.add(copy(1))).toBe(false);
  expect(await store.all()).toEqual([]);
  vi.unstubAllGlobals();
});
