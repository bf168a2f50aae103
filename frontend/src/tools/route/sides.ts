/** From which side of one box to which side of the other does a connection run best? */

import type { Box, Point } from "../../document/types";

import { OPPOSITE, elbow, isHorizontal, pointOn, type Side } from "./elbow";

export type Sides = readonly [out: Side, into: Side];

/** What speaks against a path; a path through a card is worse than any turn. */
const CROSSING = 300;
const TURN = 10;
const CORNER = 15;
const LESSER_AXIS = 20;
const SAME_SIDE = 60;

/** Board px between two boxes that a facing path needs. */
const LEAST_GAP = 24;

/** `crossed` counts the cards that a straight part of a path would run through. */
export function chooseSides(
  source: Box,
  target: Box,
  crossed: (from: Point, to: Point) => number,
): Sides {
  const costs = candidates(source, target).map((sides) => ({
    sides,
    cost: costOf(source, target, sides, crossed),
  }));
  const best = costs.reduce((a, b) => (b.cost < a.cost ? b : a));
  return best.sides;
}

export function middle(box: Box, side: Side): number {
  return isHorizontal(side) ? box.y + box.height / 2 : box.x + box.width / 2;
}

type Candidates = readonly [Sides, ...Sides[]];

function candidates(a: Box, b: Box): Candidates {
  const { gapX, gapY } = gaps(a, b);
  const across: Side = a.x + a.width / 2 <= b.x + b.width / 2 ? "e" : "w";
  const down: Side = a.y + a.height / 2 <= b.y + b.height / 2 ? "s" : "n";
  const found: Sides[] = [];
  if (gapX >= LEAST_GAP) found.push([across, OPPOSITE[across]]);
  if (gapY >= LEAST_GAP) found.push([down, OPPOSITE[down]]);
  if (gapX > 0 && gapY > 0) found.push([across, OPPOSITE[down]], [down, OPPOSITE[across]]);
  return [["e", "e"], ["s", "s"], ["n", "n"], ["w", "w"], ...found];
}

function costOf(
  source: Box,
  target: Box,
  sides: Sides,
  crossed: (from: Point, to: Point) => number,
): number {
  const [out, into] = sides;
  const path = elbow(
    pointOn(source, out, middle(source, out)),
    out,
    pointOn(target, into, middle(target, into)),
    into,
  );
  let crossings = 0;
  for (const [index, from] of path.entries()) {
    const to = path[index + 1];
    if (to) crossings += crossed(from, to);
  }
  return crossings * CROSSING + path.length * TURN + costOfSides(source, target, sides);
}

function costOfSides(source: Box, target: Box, [out, into]: Sides): number {
  if (out === into) return SAME_SIDE;
  if (OPPOSITE[out] !== into) return CORNER;
  const { gapX, gapY } = gaps(source, target);
  return isHorizontal(out) === gapX >= gapY ? 0 : LESSER_AXIS;
}

function gaps(a: Box, b: Box): { gapX: number; gapY: number } {
  return {
    gapX: Math.max(b.x - (a.x + a.width), a.x - (b.x + b.width)),
    gapY: Math.max(b.y - (a.y + a.height), a.y - (b.y + b.height)),
  };
}
