// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { FakeRoom } from "./fakeRoom";
import {
  closeAll,
  docOf,
  draw,
  MemoryAsides,
  MemoryEdits,
  open,
  read,
  seed,
  settle,
  write,
} from "./testing";

let room: FakeRoom;

beforeEach(() => {
  vi.useFakeTimers();
  room = new FakeRoom();
  seed(room);
});

afterEach(() => {
  closeAll();
  vi.useRealTimers();
});

it.each([
  "ended",
  "read-only",
  "malformed",
  "not-yours",
  "unknown-content",
  "quarantined",
] as const)("a refused edit (%s) is kept, and nothing more goes out", async (reason) => {
  const { connection, doc, store, asides } = await open(room);
  write(doc, "saved. ");
  room.refuseNext = reason;

  doc.transact(() => {
    write(doc, "refused");
    draw(doc, "card");
  });
  write(doc, ", and more");
  await settle();

  expect(connection.state).toEqual({ kind: "aside", reason, isKept: true });
  expect(read(room.log)).toBe("saved. ");
  expect(asides.copies).toMatchObject([{ reason, unsaved: ["notes/data", "texts/card"] }]);
  expect(asides.copies.map((copy) => read(docOf(copy)))).toEqual(["saved. refused"]);
  expect(store.rows.size).toBe(0);
  expect(connection.unstored).toBe(0);
});

it("a restored backup neither doubles nor erases, and what it lacks is kept", async () => {
  const { connection, doc, asides } = await open(room);
  write(doc, "in the backup. ");
  write(doc, "lost. ");
  await settle();
  room.isUp = false;
  room.restore(2);
  write(doc, "never sent. ");
  room.isUp = true;

  await vi.advanceTimersByTimeAsync(5_000);
  const fresh = await open(room, { asides });

  expect(connection.state).toEqual({ kind: "aside", reason: "new-epoch", isKept: true });
  expect(read(room.log)).toBe("in the backup. ");
  expect(read(fresh.doc)).toBe("in the backup. ");
  expect(fresh.connection.state).toEqual({ kind: "saved" });
  expect(asides.copies).toMatchObject([{ reason: "new-epoch", unsaved: ["notes/data"] }]);
  expect(asides.copies.map((copy) => read(docOf(copy)))).toEqual([
    "in the backup. lost. never sent. ",
  ]);
});

it("a store that was wiped and seeded again does not get the old document", async () => {
  const { asides } = await open(room);
  room.cut();
  room.epoch = "second";
  room.rows.length = 0;
  seed(room);

  await vi.advanceTimersByTimeAsync(5_000);

  expect(asides.copies).toHaveLength(1);
  expect(room.rows).toHaveLength(1);
});

it("edits that a closed tab left are kept aside when the log is another one", async () => {
  const store = new MemoryEdits();
  const earlier = await open(room, { store });
  write(earlier.doc, "before the cut. ");
  room.isUp = false;
  room.cut();
  write(earlier.doc, "after it. ");
  await settle();
  earlier.connection.stop();
  room.isUp = true;
  room.restore(1);
  room.epoch = "second";

  const { connection, asides } = await open(room, { store });
  await settle();

  expect(connection.state).toMatchObject({ kind: "aside", reason: "new-epoch" });
  expect(asides.copies.map((copy) => read(docOf(copy)))).toEqual(["before the cut. after it. "]);
  expect(read(room.log)).toBe("");
  expect(store.rows.size).toBe(0);
});

it("edits of a closed tab are kept aside where nothing may be written any more", async () => {
  const store = new MemoryEdits();
  const earlier = await open(room, { store });
  room.isUp = false;
  room.cut();
  write(earlier.doc, "too late");
  await settle();
  earlier.connection.stop();
  room.isUp = true;

  const { connection, doc, asides } = await open(room, { store, mayWrite: false });
  await settle();

  expect(connection.state).toEqual({ kind: "saved" });
  expect(read(doc)).toBe("");
  expect(asides.copies).toMatchObject([{ reason: "read-only", unsaved: ["notes/data"] }]);
  expect(asides.copies.map((copy) => read(docOf(copy)))).toEqual(["too late"]);
  expect(store.rows.size).toBe(0);
});

it("what cannot be kept stays in the page", async () => {
  const asides = new MemoryAsides({ isFull: true });
  const { connection, doc, store } = await open(room, { asides });
  room.refuseNext = "ended";

  write(doc, "refused");
  await settle();

  expect(connection.state).toEqual({ kind: "aside", reason: "ended", isKept: false });
  expect(connection.aside && read(docOf(connection.aside))).toBe("refused");
  expect(store.rows.size).toBe(1);
});

it("who never could write has nothing to keep", async () => {
  const { connection, asides } = await open(room, { mayWrite: false });
  room.cut();
  room.epoch = "second";

  await vi.advanceTimersByTimeAsync(5_000);

  expect(connection.state).toEqual({ kind: "aside", reason: "new-epoch", isKept: true });
  expect(asides.copies).toEqual([]);
});

it("a guest whose access has ended leaves no copy either", async () => {
  const asides = new MemoryAsides();
  await asides.add({ reason: "ended", at: 0, state: new Uint8Array(), unsaved: [] });
  await open(room, { asides, forgetWhenClosed: true });

  room.cut(4403);
  await settle();

  expect(asides.copies).toEqual([]);
});
