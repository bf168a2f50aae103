import { expect, test } from "vitest";

import { inkBox, inkPath, simplify, type InkPoint } from "./ink";

const line = Array.from({ length: 50 }, (_, x): InkPoint => [x, 0, 0.5]);

test("a straight stroke needs its ends only", () => {
  expect(simplify(line)).toEqual([[0, 0, 0.5], [49, 0, 0.5]]); // prettier-ignore
});

test("a corner stays", () => {
  const corner: InkPoint[] = [...line, ...line.map(([y]): InkPoint => [49, y, 0.5])];

  expect(simplify(corner)).toContainEqual([49, 0, 0.5]);
});

test("the box of a stroke holds its width, an empty one is finite", () => {
  expect(inkBox([[0, 0, 1], [10, 20, 1]], 2)).toEqual({ x: -2, y: -2, width: 14, height: 24 }); // prettier-ignore
  expect(inkBox([], 2)).toEqual({ x: -2, y: -2, width: 4, height: 4 });
});

test("an outline is a closed path; a stroke without points has none", () => {
  expect(inkPath(line, 2)).toMatch(/^M[-\d. L]+Z$/);
  expect(inkPath([], 2)).toBe("");
});
