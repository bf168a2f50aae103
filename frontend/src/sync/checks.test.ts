// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";

import { FakeRoom } from "./fakeRoom";
import { closeAll, docOf, draw, erase, open, read, seed, write } from "./testing";

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

it("heals a change that went missing between others within five seconds", async () => {
  const { connection, doc } = await open(room);
  await vi.advanceTimersByTimeAsync(60_000);
  room.edit((other) => draw(other, "first"));
  room.drops = 1;
  room.edit((other) => draw(other, "lost"));
  room.edit((other) => draw(other, "after"));

  await vi.advanceTimersByTimeAsync(5_000);

  expect([...doc.getMap("texts").keys()].sort()).toEqual(["after", "first", "lost"]);
  expect(connection.state).toEqual({ kind: "saved" });
});

it("heals the last change of all within five seconds where others are", async () => {
  const { doc } = await open(room);
  const other = new Awareness(new Y.Doc());
  other.setLocalState({ step: "data" });
  room.present(encodeAwarenessUpdate(other, [other.clientID]));
  await vi.advanceTimersByTimeAsync(20_000);
  room.drops = 1;
  room.edit((log) => write(log, "lost"));

  await vi.advanceTimersByTimeAsync(5_000);

  expect(read(doc)).toBe("lost");
  other.destroy();
});

it("asks after changes only, and at most every two seconds", async () => {
  const { doc } = await open(room);
  await vi.advanceTimersByTimeAsync(10_000);
  const before = room.verdicts.length;

  for (let round = 0; round < 20; round += 1) {
    room.edit((other) => write(other, "x"));
    await vi.advanceTimersByTimeAsync(500);
  }
  await vi.advanceTimersByTimeAsync(60_000);

  const verdicts = room.verdicts.slice(before);
  expect(verdicts.length).toBeGreaterThanOrEqual(5);
  expect(verdicts.length).toBeLessThanOrEqual(6);
  expect(verdicts).not.toContain(false);
  expect(read(doc)).toBe(read(room.log));
});

it("leaves who is typing alone", async () => {
  const { doc } = await open(room);
  await vi.advanceTimersByTimeAsync(10_000);
  const before = room.verdicts.length;

  for (let round = 0; round < 50; round += 1) {
    write(doc, "x");
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(room.verdicts.length).toBe(before);

  await vi.advanceTimersByTimeAsync(1_000);
  expect(room.verdicts.length).toBe(before + 1);
});

it("puts aside what even the whole state does not make equal", async () => {
  room.edit((other) => write(other, "the same bytes, another meaning"));
  room.lies = "what no document has";
  const { connection, asides } = await open(room);

  await vi.advanceTimersByTimeAsync(10_000);

  expect(room.verdicts).toEqual([false, false]);
  expect(connection.state).toEqual({ kind: "aside", reason: "differs", isKept: true });
  expect(asides.copies.map((copy) => read(docOf(copy)))).toEqual([read(room.log)]);
});

it("does not start afresh for ever", async () => {
  vi.spyOn(console, "warn").mockReturnValue();
  room.lies = "what no document has";
  const { connection, doc } = await open(room, { trustsChecks: false });

  await vi.advanceTimersByTimeAsync(60_000);
  write(doc, "goes on");
  await vi.advanceTimersByTimeAsync(60_000);

  expect(connection.state).toEqual({ kind: "saved" });
  expect(console.warn).toHaveBeenCalledTimes(1);
});

it("is equal for a document with deleted text and many editors", async () => {
  const { doc } = await open(room);
  for (let round = 0; round < 30; round += 1) {
    write(doc, `own ${round} `);
    room.edit((other) => write(other, `other ${round} `));
    if (round % 3 === 0) erase(doc, 3);
    await vi.advanceTimersByTimeAsync(700);
  }
  await vi.advanceTimersByTimeAsync(5_000);

  expect(room.verdicts.length).toBeGreaterThan(5);
  expect(room.verdicts).not.toContain(false);
});
