/** Pen strokes: from the samples of a pointer to few points, and from points to an outline. */

import { getStroke } from "perfect-freehand";

import type { Box, StrokeItem } from "../document/types";

export type InkPoint = StrokeItem["points"][number];

/** Board px that a simplified stroke may lie beside the drawn one. */
const TOLERANCE = 0.6;
const FREEHAND = { thinning: 0.55, smoothing: 0.6, streamline: 0.4 } as const;

/** Leaves out the points that lie nearly on the line between their neighbours (Douglas–Peucker). */
export function simplify(points: readonly InkPoint[], tolerance = TOLERANCE): InkPoint[] {
  const kept = new Set([0, points.length - 1]);
  const open: [number, number][] = [[0, points.length - 1]];
  for (let range = open.pop(); range; range = open.pop()) {
    const far = farthest(points, range[0], range[1]);
    if (far.distance <= tolerance) continue;
    kept.add(far.index);
    open.push([range[0], far.index], [far.index, range[1]]);
  }
  return points.filter((_, index) => kept.has(index)).map(rounded);
}

/** The outline of a stroke as the path of an SVG. */
export function inkPath(points: readonly InkPoint[], width: number): string {
  const stroke = points.map((point) => [...point]);
  const outline = getStroke(stroke, {
    ...FREEHAND,
    size: width * 2,
    simulatePressure: isFlat(points),
  });
  const [first, ...rest] = outline;
  if (!first) return "";
  const at = ([x = 0, y = 0]: readonly number[]): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M${at(first)}L${rest.map(at).join(" ")}Z`;
}

export function inkBox(points: readonly InkPoint[], width: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (!points.length) [left, top, right, bottom] = [0, 0, 0, 0];
  const edge = width;
  return {
    x: left - edge,
    y: top - edge,
    width: right - left + 2 * edge,
    height: bottom - top + 2 * edge,
  };
}

/** A mouse reports the same pressure throughout; the stroke then thins with speed instead. */
function isFlat(points: readonly InkPoint[]): boolean {
  return points.every(([, , pressure]) => pressure === points[0]?.[2]);
}

function farthest(
  points: readonly InkPoint[],
  start: number,
  end: number,
): { index: number; distance: number } {
  let found = { index: start, distance: 0 };
  const [a, b] = [points[start], points[end]];
  for (let index = start + 1; a && b && index < end; index++) {
    const point = points[index];
    const distance = point ? distanceToLine(point, a, b) : 0;
    if (distance > found.distance) found = { index, distance };
  }
  return found;
}

function distanceToLine([x, y]: InkPoint, [ax, ay]: InkPoint, [bx, by]: InkPoint): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

function rounded([x, y, pressure]: InkPoint): InkPoint {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return [tenth(x), tenth(y), Math.round(pressure * 100) / 100];
}
