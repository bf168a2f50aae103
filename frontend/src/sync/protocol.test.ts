import { expect, it } from "vitest";

import { decode, encodeAsk, encodeAwareness, encodeCheck, encodeUpdate } from "./protocol";

const bytes = (...values: number[]) => new Uint8Array(values);

it.each([
  ["update", encodeUpdate(bytes(7)), bytes(0, 2, 1, 7)],
  ["awareness", encodeAwareness(bytes(7)), bytes(1, 1, 7)],
  ["ask", encodeAsk({ epoch: "e1", seq: 300 }), bytes(100, 2, 101, 49, 0xac, 0x02)],
  ["check", encodeCheck(300, "0f"), bytes(105, 0xac, 0x02, 2, 48, 102)],
])("writes %s as the protocol says", (_name, frame, expected) => {
  expect(frame).toEqual(expected);
});

it.each([
  [bytes(0, 0, 1, 5), { kind: "step1", stateVector: bytes(5) }],
  [bytes(0, 1, 1, 5), { kind: "step2", update: bytes(5) }],
  [bytes(0, 2, 1, 5), { kind: "update", update: bytes(5) }],
  [bytes(1, 1, 5), { kind: "awareness", update: bytes(5) }],
  [bytes(3), { kind: "query-awareness" }],
  [bytes(101, 0xac, 0x02, 9), { kind: "stored", count: 300, seq: 9 }],
  [bytes(102, 3, 5, 101, 110, 100, 101, 100), { kind: "refused", frame: 3, reason: "ended" }],
  [bytes(103, 9, 1, 7), { kind: "changed", seq: 9, update: bytes(7) }],
  [
    bytes(104, 2, 101, 49, 9, 1, 1, 7),
    { kind: "welcome", place: { epoch: "e1", seq: 9 }, update: bytes(7) },
  ],
  [bytes(106, 9, 1), { kind: "checked", seq: 9, isEqual: true }],
  [bytes(106, 9, 0), { kind: "checked", seq: 9, isEqual: false }],
  [bytes(77, 1, 2), { kind: "unknown" }],
])("reads %j", (frame, expected) => {
  expect(decode(frame)).toEqual(expected);
});

it("does not read past the end of a frame", () => {
  expect(() => decode(bytes(0, 2, 9, 1))).toThrow();
});
