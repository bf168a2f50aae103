import { expect, it } from "vitest";
import * as Y from "yjs";

import { PendingEdits } from "./pendingEdits";
import { decode } from "./protocol";
import { MemoryEdits } from "./testing";

/** A document whose every change is a pending edit. */
function open(store = new MemoryEdits()) {
  const doc = new Y.Doc();
  const edits = new PendingEdits(doc, store);
  doc.on("update", (update: Uint8Array, _origin, _doc, transaction: Y.Transaction) => {
    if (transaction.local) edits.add({ update, epoch: "e1", touched: [] });
  });
  return {
    doc,
    edits,
    store,
    put: (key: string, value: string) => doc.getMap("m").set(key, value),
  };
}

/** The document that a room makes of the frames. */
function receive(frames: Iterable<Uint8Array>): Record<string, unknown> {
  const doc = new Y.Doc();
  for (const frame of frames) {
    const message = decode(frame);
    if (message.kind === "update" || message.kind === "step2") Y.applyUpdate(doc, message.update);
  }
  return doc.getMap("m").toJSON();
}

it("go out together, once a line", () => {
  const { edits, put } = open();
  put("a", "1");
  put("b", "2");

  const frames = [...edits.unsentFrames()];

  expect(frames).toHaveLength(1);
  expect(receive(frames)).toEqual({ a: "1", b: "2" });
  expect([...edits.unsentFrames()]).toEqual([]);
  edits.cut();
  expect(receive(edits.unsentFrames())).toEqual({ a: "1", b: "2" });
});

it("go out in frames that the server takes", () => {
  const { edits, put } = open();
  for (const key of ["a", "b", "c", "d", "e"]) put(key, key.repeat(60 * 1024));

  const frames = [...edits.unsentFrames()];

  expect(frames).toHaveLength(3);
  expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThan(256 * 1024);
  expect(Object.keys(receive(frames))).toHaveLength(5);
});

it("rest until the next line when they were too fast", () => {
  const { edits, put } = open();
  put("a", "1");

  edits.rest();

  expect([...edits.unsentFrames()]).toEqual([]);
  expect(edits.gapFrame(new Uint8Array([0]))).toBeNull();
  edits.cut();
  expect(receive(edits.unsentFrames())).toEqual({ a: "1" });
});

it("count a frame that fills a gap, though it carries none of them", () => {
  const { edits, put } = open();
  put("a", "1");
  const gap = edits.gapFrame(new Uint8Array([0]));
  const frames = [...edits.unsentFrames()];

  expect(receive(gap === null ? [] : [gap])).toEqual({ a: "1" });
  expect(frames).toHaveLength(1);
  expect(edits.stored(1)).toBe(0);
  expect(edits.stored(2)).toBe(1);
});

it("come back to the next tab on what they were made on", async () => {
  const earlier = open();
  earlier.put("a", "1");
  earlier.edits.keepBase({ epoch: "e1", seq: 7 });
  earlier.put("b", "2");

  const { doc, edits, store } = open(earlier.store);
  const place = await edits.restore(await store.all());

  expect(place).toEqual({ epoch: "e1", seq: 7 });
  expect(doc.getMap("m").toJSON()).toEqual({ a: "1", b: "2" });
  expect(edits.size).toBe(2);
});

it("that are given up are nowhere", async () => {
  const { edits, store, put } = open();
  put("a", "1");

  await edits.clear();

  expect(edits.size).toBe(0);
  expect(store.rows.size).toBe(0);
});
