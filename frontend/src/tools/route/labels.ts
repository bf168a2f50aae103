/** Where along a path does its label lie, so that it hides neither cards nor other labels? */

import type { Box, Point } from "../../document/types";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How far along a straight part, the best place first. */
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9] as const;
/** Board px that a straight part needs for a label to lie on it, unless it is the longest. */
const LEAST_PART = 24;

/** The first free place; the middle of the longest part if there is none. */
export function placeLabel(
  points: readonly Point[],
  size: Size | null,
  isFree: (box: Box) => boolean,
): Point {
  const places = placesAlong(points);
  const [usual = { x: 0, y: 0 }] = places;
  if (!size) return usual;
  return places.find((at) => isFree(labelBox(at, size))) ?? usual;
}

export function labelBox(middle: Point, { width, height }: Size): Box {
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
}

function placesAlong(points: readonly Point[]): Point[] {
  const parts = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    return { from, to, length: Math.hypot(to.x - from.x, to.y - from.y) };
  });
  parts.sort((a, b) => b.length - a.length);
  const roomy = parts.filter(({ length }, index) => index === 0 || length >= LEAST_PART);
  return ALONG.flatMap((along) => roomy.map(({ from, to }) => between(from, to, along)));
}

function between(from: Point, to: Point, along: number): Point {
  return { x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along };
}
