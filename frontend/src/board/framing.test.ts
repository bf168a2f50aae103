import { describe, expect, it } from "vitest";

import { around, centred, cornered, fittingZoom, isInside, onScreen, reaching } from "./framing";

const AREA = { x: 20, y: 40, width: 800, height: 400 };
const CARD = { x: 100, y: 100, width: 160, height: 52 };

describe("framing", () => {
  it("fits a box by its longer side", () => {
    expect(fittingZoom({ x: 0, y: 0, width: 1600, height: 100 }, AREA)).toBe(0.5);
    expect(fittingZoom({ x: 0, y: 0, width: 100, height: 1000 }, AREA)).toBe(0.4);
  });

  it("puts a box into the middle or the corner of the area", () => {
    const middle = onScreen(CARD, centred(CARD, AREA, 2));
    expect(middle).toEqual({ x: 260, y: 188, width: 320, height: 104 });
    expect(onScreen(CARD, cornered(CARD, AREA, 0.5))).toMatchObject({ x: 20, y: 40 });
  });

  it("does not move a view that shows the box", () => {
    const view = { x: 0, y: 0, zoom: 1 };
    expect(reaching(view, CARD, AREA)).toEqual(view);
  });

  it.each([
    [
      { ...CARD, x: -500 },
      { x: 520, y: 0 },
    ],
    [
      { ...CARD, x: 900 },
      { x: -240, y: 0 },
    ],
    [
      { ...CARD, y: 430 },
      { x: 0, y: -42 },
    ],
  ])("moves no further than it takes to show %o", (box, pan) => {
    const view = reaching({ x: 0, y: 0, zoom: 1 }, box, AREA);

    expect(view).toMatchObject(pan);
    expect(isInside(onScreen(box, view), AREA)).toBe(true);
  });

  it("shows the beginning of what is larger than the area", () => {
    const row = { x: 500, y: 100, width: 2000, height: 52 };
    expect(onScreen(row, reaching({ x: 0, y: 0, zoom: 1 }, row, AREA)).x).toBe(AREA.x);
  });

  it("finds the box around others", () => {
    expect(around([])).toBeNull();
    expect(around([CARD, { x: 300, y: 50, width: 10, height: 10 }])).toEqual({
      x: 100,
      y: 50,
      width: 210,
      height: 102,
    });
  });
});
