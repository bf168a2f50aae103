import "fake-indexeddb/auto";
import { expect, it, vi } from "vitest";

import { openEditStore } from "./editStore";

const update = (...values: number[]) => new Uint8Array(values);

it("keeps edits in order and forgets those that are stored", async () => {
  const store = openEditStore("design 1 of Ada");
  const first = await store.add(update(1));
  await store.add(update(2));

  await store.remove([first ?? 0]);

  expect((await store.all()).map((edit) => [...edit.update])).toEqual([[2]]);
});

it("keeps owners apart", async () => {
  const own = openEditStore("design 2 of Ada");
  const other = openEditStore("design 2 of Bob");
  await own.add(update(1));
  await other.add(update(2));

  await own.clear();

  expect(await own.all()).toEqual([]);
  expect(await other.all()).toHaveLength(1);
});

it("does without where the browser refuses", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new Error("not in a private window");
    },
  });
  const store = openEditStore("design 3");

  const key = await store.add(update(1));

  expect(key).toBeNull();
  expect(await store.all()).toEqual([]);
  vi.unstubAllGlobals();
});
