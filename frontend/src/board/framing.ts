/** Which view of the board shows a box? Plain geometry: boxes in board px, areas in screen px. */

import type { Box, Point } from "../document/types";

export interface Viewport extends Point {
  readonly zoom: number;
}

/** Zoom at which a box just fits into an area. */
export function fittingZoom(box: Box, area: Box): number {
  return Math.min(area.width / (box.width || 1), area.height / (box.height || 1));
}

/** The box in the middle of the area. */
export function centred(box: Box, area: Box, zoom: number): Viewport {
  return {
    zoom,
    x: area.x + area.width / 2 - (box.x + box.width / 2) * zoom,
    y: area.y + area.height / 2 - (box.y + box.height / 2) * zoom,
  };
}

/** The box's top left corner in that of the area. */
export function cornered(box: Box, area: Box, zoom: number): Viewport {
  return { zoom, x: area.x - box.x * zoom, y: area.y - box.y * zoom };
}

/** The least pan that brings the box into the area; of a larger box, its beginning. */
export function reaching(view: Viewport, box: Box, area: Box): Viewport {
  const shown = onScreen(box, view);
  return {
    zoom: view.zoom,
    x: view.x + shift(shown.x, shown.width, area.x, area.width),
    y: view.y + shift(shown.y, shown.height, area.y, area.height),
  };
}

export function onScreen(box: Box, { x, y, zoom }: Viewport): Box {
  return {
    x: box.x * zoom + x,
    y: box.y * zoom + y,
    width: box.width * zoom,
    height: box.height * zoom,
  };
}

export function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The box around all; null around nothing. */
export function around(boxes: readonly Box[]): Box | null {
  if (!boxes.length) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function shift(start: number, length: number, areaStart: number, areaLength: number): number {
  const isTooEarly = start < areaStart || length > areaLength;
  if (isTooEarly) return areaStart - start;
  return Math.min(0, areaStart + areaLength - (start + length));
}
