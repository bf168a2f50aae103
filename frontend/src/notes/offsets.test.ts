import { expect, it } from "vitest";

import { toUtf16 } from "./offsets";

it.each([
  ["plain", 3, 3],
  ["a😀b", 2, 3],
  ["😀😀", 1, 2],
  ["e\u0301x", 2, 2],
  ["short", 99, 5],
  ["", 0, 0],
])("in %j code point %i is unit %i", (text, codePoints, units) => {
  expect(toUtf16(text, codePoints)).toBe(units);
});
