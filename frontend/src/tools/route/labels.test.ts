import { describe, expect, it } from "vitest";

import { placeLabel } from "./labels";

const SIZE = { width: 40, height: 18 };
const ELBOW = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 200 },
];

describe("the label of a path", () => {
  it("lies in the middle of the longest part", () => {
    expect(placeLabel(ELBOW, SIZE, () => true)).toEqual({ x: 100, y: 100 });
  });

  it("goes to another part when that is taken", () => {
    const isFree = ({ y }: { y: number }): boolean => y < 50;
    expect(placeLabel(ELBOW, SIZE, isFree)).toEqual({ x: 50, y: 0 });
  });

  it("shifts along the part when there is no other", () => {
    const line = ELBOW.slice(0, 2);
    const isFree = ({ x }: { x: number }): boolean => x < 20;
    expect(placeLabel(line, SIZE, isFree)).toEqual({ x: 30, y: 0 });
  });

  it("stays where it would be when every place is taken", () => {
    expect(placeLabel(ELBOW, SIZE, () => false)).toEqual({ x: 100, y: 100 });
  });
});
