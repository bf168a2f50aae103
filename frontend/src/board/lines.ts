/** How connections look: the stroke tells the kind. Drawn on a canvas, or as the path of an SVG. */

import type { ConnectionItem, ConnectionKind, Point } from "../document/types";
import type { Size } from "../tools/route/labels";
import type { Route } from "../tools/route/routes";

import type { Colours } from "./colours";

interface Look {
  readonly width: number;
  readonly dash: readonly number[];
  readonly cap: "butt" | "round";
  /** Board px that the line ends before the box it leads to, so that the head has its tip there. */
  readonly short: number;
}

export const LOOKS: Readonly<Record<ConnectionKind, Look>> = {
  request: { width: 1.7, dash: [], cap: "butt", short: 6 },
  data: { width: 1.5, dash: [7, 4], cap: "butt", short: 6 },
  training: { width: 1.5, dash: [8, 3, 1.5, 3], cap: "butt", short: 9 },
  event: { width: 1.9, dash: [1.5, 4], cap: "round", short: 2 },
};

/** Heads with their tip at 0,0, pointing right. */
export const HEADS: Readonly<Record<ConnectionKind, string>> = {
  request: "M0 0l-9-4.2v8.4z",
  data: "M0 0l-9-4.2v8.4z",
  training: "M-.8 0l-8.6-4.2v8.4z",
  event: "M-7-4.2L-.8 0-7 4.2",
};

const CORNER = 10;
const LABEL = { height: 18, pad: 6, radius: 6, size: 10 } as const;
/** Board px that a letter takes on average. */
const LABEL_LETTER = 5.6;
/** Longer labels are cut on the board; selecting the connection shows the whole one. */
const MAX_LABEL = 200;

/** The route as a path with round corners, ending before the head. */
export function linePath(route: Route, kind: ConnectionKind): string {
  const points = shortened(route.points, LOOKS[kind].short);
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${first.x} ${first.y}`;
  rest.forEach((corner, index) => {
    const [before, after] = [points[index], rest[index + 1]];
    if (!before || !after) path += `L${corner.x} ${corner.y}`;
    else path += roundCorner(before, corner, after);
  });
  return path;
}

export function headAngle(route: Route): number {
  const [before, tip] = route.points.slice(-2);
  return before && tip ? Math.atan2(tip.y - before.y, tip.x - before.x) : 0;
}

/** `context` has board px as its unit. */
export function drawLine(
  context: CanvasRenderingContext2D,
  item: ConnectionItem,
  route: Route,
  colours: Colours,
): void {
  const look = LOOKS[item.kind];
  context.strokeStyle = item.kind === "request" ? colours.request : colours.line;
  context.lineWidth = look.width;
  context.lineCap = look.cap;
  context.setLineDash([...look.dash]);
  context.stroke(pathOf(route, item.kind));
  drawHead(context, item.kind, route, colours);
}

/** Paths are kept with their routes: while the view only moves, none is built anew. */
const paths = new WeakMap<Route, { kind: ConnectionKind; path: Path2D }>();

function pathOf(route: Route, kind: ConnectionKind): Path2D {
  const kept = paths.get(route);
  if (kept?.kind === kind) return kept.path;
  const path = new Path2D(linePath(route, kind));
  paths.set(route, { kind, path });
  return path;
}

function drawHead(
  context: CanvasRenderingContext2D,
  kind: ConnectionKind,
  route: Route,
  colours: Colours,
): void {
  const tip = route.points.at(-1);
  if (!tip) return;
  const head = new Path2D(HEADS[kind]);
  context.save();
  context.translate(tip.x, tip.y);
  context.rotate(headAngle(route));
  context.setLineDash([]);
  context.lineWidth = kind === "event" ? 1.6 : 1.4;
  context.fillStyle = kind === "training" ? colours.board : context.strokeStyle;
  if (kind !== "event") context.fill(head);
  if (kind === "event" || kind === "training") context.stroke(head);
  context.restore();
}

/** About the size that a label will have, told without measuring it. */
export function labelSize(text: string): Size | null {
  if (!text) return null;
  const width = Math.min(text.length * LABEL_LETTER, MAX_LABEL) + 2 * LABEL.pad;
  return { width, height: LABEL.height };
}

export function drawLabel(
  context: CanvasRenderingContext2D,
  text: string,
  at: Point,
  colours: Colours,
): void {
  context.font = `500 ${LABEL.size}px ${colours.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const shown = cut(context, text);
  const width = context.measureText(shown).width + 2 * LABEL.pad;
  const [left, top] = [at.x - width / 2, at.y - LABEL.height / 2];
  context.beginPath();
  context.roundRect(left, top, width, LABEL.height, LABEL.radius);
  context.fillStyle = colours.card;
  context.fill();
  context.strokeStyle = colours.labelLine;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = colours.label;
  context.fillText(shown, at.x, at.y + 0.5);
}

function cut(context: CanvasRenderingContext2D, text: string): string {
  if (context.measureText(text).width <= MAX_LABEL) return text;
  let shown = text;
  while (shown && context.measureText(`${shown}…`).width > MAX_LABEL) shown = shown.slice(0, -1);
  return `${shown}…`;
}

function shortened(points: readonly Point[], by: number): Point[] {
  const [before, tip] = points.slice(-2);
  if (!before || !tip) return [...points];
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const part = Math.max(length - by, 0) / length;
  const end = { x: before.x + (tip.x - before.x) * part, y: before.y + (tip.y - before.y) * part };
  return [...points.slice(0, -1), end];
}

/** A line to shortly before the corner and a curve past it; short parts get a smaller radius. */
function roundCorner(before: Point, corner: Point, after: Point): string {
  const [a, b] = [distance(before, corner), distance(corner, after)];
  const radius = Math.min(CORNER, a / 2, b / 2);
  const from = towards(corner, before, radius);
  const to = towards(corner, after, radius);
  return `L${from.x} ${from.y}Q${corner.x} ${corner.y} ${to.x} ${to.y}`;
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return {
    x: from.x + ((to.x - from.x) * by) / length,
    y: from.y + ((to.y - from.y) * by) / length,
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
