import { expect, it } from "vitest";

import { decode, encodeAsk, encodeAwareness, encodeStep1, encodeUpdate } from "./protocol";

const bytes = (...values: number[]) => new Uint8Array(values);

it.each([
  ["step 1", encodeStep1(bytes(7, 8)), bytes(0, 0, 2, 7, 8)],
  ["update", encodeUpdate(bytes(7)), bytes(0, 2, 1, 7)],
  ["awareness", encodeAwareness(bytes(7)), bytes(1, 1, 7)],
  ["ask", encodeAsk(), bytes(100)],
])("writes %s as the protocol says", (_name, frame, expected) => {
  expect(frame).toEqual(expected);
});

it.each([
  [bytes(0, 0, 1, 5), { kind: "step1", stateVector: bytes(5) }],
  [bytes(0, 1, 1, 5), { kind: "step2", update: bytes(5) }],
  [bytes(0, 2, 1, 5), { kind: "update", update: bytes(5) }],
  [bytes(1, 1, 5), { kind: "awareness", update: bytes(5) }],
  [bytes(3), { kind: "query-awareness" }],
  [bytes(101, 0xac, 0x02), { kind: "stored", count: 300 }],
  [bytes(102, 3, 5, 101, 110, 100, 101, 100), { kind: "refused", frame: 3, reason: "ended" }],
  [bytes(77, 1, 2), { kind: "unknown" }],
])("reads %j", (frame, expected) => {
  expect(decode(frame)).toEqual(expected);
});

it("does not read past the end of a frame", () => {
  expect(() => decode(bytes(0, 2, 9, 1))).toThrow();
});
