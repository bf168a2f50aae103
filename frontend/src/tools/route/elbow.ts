/** A path of right angles from one side of a box to one side of another. */

import type { Box, Point } from "../../document/types";

export type Side = "n" | "e" | "s" | "w";

/** Board px that a path goes straight out before it turns. */
const STUB = 22;

const OUTWARD: Readonly<Record<Side, Point>> = {
  n: { x: 0, y: -1 },
  e: { x: 1, y: 0 },
  s: { x: 0, y: 1 },
  w: { x: -1, y: 0 },
};

export const OPPOSITE: Readonly<Record<Side, Side>> = { n: "s", e: "w", s: "n", w: "e" };

export function isHorizontal(side: Side): boolean {
  return side === "e" || side === "w";
}

/** The point of a side at `along`: its y on the right and left, its x at the top and bottom. */
export function pointOn(box: Box, side: Side, along: number): Point {
  if (isHorizontal(side)) return { x: side === "e" ? box.x + box.width : box.x, y: along };
  return { x: along, y: side === "s" ? box.y + box.height : box.y };
}

/** `lane` shifts the middle part, so that paths side by side do not run on top of each other. */
export function elbow(from: Point, out: Side, to: Point, into: Side, lane = 0): Point[] {
  const [start, end] = [step(from, out), step(to, into)];
  const [first, last] = [OUTWARD[out], OUTWARD[into]];
  const faces = first.x * last.x + first.y * last.y === -1;
  if (faces && isAhead(start, end, out)) return facing(from, to, isHorizontal(out), lane);
  if (out === into) return around(from, start, end, to, isHorizontal(out));
  const corner = isHorizontal(out) ? { x: to.x, y: from.y } : { x: from.x, y: to.y };
  if (!faces && isAhead(from, corner, out) && isAhead(to, corner, into)) return [from, corner, to];
  return roundabout(from, start, end, to, isHorizontal(out));
}

function facing(from: Point, to: Point, horizontal: boolean, lane: number): Point[] {
  if (horizontal) {
    if (from.y === to.y) return [from, to];
    const x = (from.x + to.x) / 2 + lane;
    return [from, { x, y: from.y }, { x, y: to.y }, to];
  }
  if (from.x === to.x) return [from, to];
  const y = (from.y + to.y) / 2 + lane;
  return [from, { x: from.x, y }, { x: to.x, y }, to];
}

/** Out and back on the same side, as far out as the farther of the two. */
function around(from: Point, start: Point, end: Point, to: Point, horizontal: boolean): Point[] {
  const sign = horizontal ? Math.sign(start.x - from.x) : Math.sign(start.y - from.y);
  const farther = (a: number, b: number): number => (sign > 0 ? Math.max(a, b) : Math.min(a, b));
  if (horizontal) {
    const x = farther(start.x, end.x);
    return [from, { x, y: from.y }, { x, y: to.y }, to];
  }
  const y = farther(start.y, end.y);
  return [from, { x: from.x, y }, { x: to.x, y }, to];
}

function roundabout(
  from: Point,
  start: Point,
  end: Point,
  to: Point,
  horizontal: boolean,
): Point[] {
  if (horizontal) {
    const y = (start.y + end.y) / 2;
    return [from, start, { x: start.x, y }, { x: end.x, y }, end, to];
  }
  const x = (start.x + end.x) / 2;
  return [from, start, { x, y: start.y }, { x, y: end.y }, end, to];
}

function step(point: Point, side: Side): Point {
  const { x, y } = OUTWARD[side];
  return { x: point.x + x * STUB, y: point.y + y * STUB };
}

function isAhead(from: Point, to: Point, side: Side): boolean {
  const { x, y } = OUTWARD[side];
  return (to.x - from.x) * x + (to.y - from.y) * y >= 0;
}
