import "fake-indexeddb/auto";
import { expect, it, vi } from "vitest";

import { openEditStore, type Edit } from "./editStore";

const edit = (...values: number[]) => ({
  update: new Uint8Array(values),
  epoch: "e1",
  touched: ["components/a"],
});

it("keeps edits in order and forgets those that are stored", async () => {
  const store = openEditStore("design 1 of Ada");
  const first = await store.add(edit(1));
  await store.add(edit(2));

  await store.remove([first ?? 0]);

  expect(await store.all()).toMatchObject([edit(2)]);
});

it("keeps owners apart", async () => {
  const own = openEditStore("design 2 of Ada");
  const other = openEditStore("design 2 of Bob");
  await own.add(edit(1));
  await other.add(edit(2));

  await own.clear();

  expect(await own.all()).toEqual([]);
  expect(await other.all()).toHaveLength(1);
});

it("keeps what the edits build on as long as there are any", async () => {
  const store = openEditStore("design 3 of Ada");
  const base = { place: { epoch: "e1", seq: 4 }, state: new Uint8Array([9]) };
  const keys = [await store.add(edit(1)), await store.add(edit(2))].map((key) => key ?? 0);
  await store.keepBase(base);

  await store.remove(keys.slice(0, 1));
  expect(await store.base()).toMatchObject(base);

  await store.remove(keys.slice(1));
  expect(await store.base()).toBeNull();
});

it("reads what an earlier version has kept", async () => {
  const store = openEditStore("design 4 of Ada");
  await store.add({ update: new Uint8Array([1]) } as Edit);

  expect(await store.all()).toMatchObject([{ epoch: "", touched: [] }]);
});

it("is as small as before however often a design is opened", async () => {
  for (let round = 0; round < 500; round += 1) {
    const store = openEditStore("design 6 of Ada");
    const key = await store.add(edit(round % 256));
    await store.keepBase({ place: { epoch: "e1", seq: round }, state: new Uint8Array(100) });
    await store.remove([key ?? 0]);
  }

  const store = openEditStore("design 6 of Ada");
  expect(await store.all()).toEqual([]);
  expect(await store.base()).toBeNull();
});

it("does without where the browser refuses", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new Error("not in a private window");
    },
  });
  const store = openEditStore("design 5");

  const key = await store.add(edit(1));

  expect(key).toBeNull();
  expect(await store.all()).toEqual([]);
  vi.unstubAllGlobals();
});
