/** Draws the map: groups and cards as boxes of their hue, and what the window shows. */

import type { Box, Point } from "../document/types";

import { onThemeChange, readColours } from "./colours";
import type { Session } from "./session";

/** Five times a second is enough for a map. */
const EVERY_MS = 200;
/** Map px around the board. */
const MARGIN = 8;

interface Frame {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export function startMap(session: Session, canvas: HTMLCanvasElement): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const drawNow = (): void => {
    timer = null;
    draw(session, canvas);
  };
  const ask = (): void => {
    timer ??= setTimeout(drawNow, EVERY_MS);
  };
  const stops = [session.view.subscribe(ask), session.viewport.subscribe(ask), onThemeChange(ask)];
  ask();
  return () => {
    if (timer !== null) clearTimeout(timer);
    stops.forEach((stop) => stop());
  };
}

/** The point of the board that a point of the map stands for. */
export function boardAt(
  session: Session,
  canvas: HTMLCanvasElement,
  clientX: number,
  clientY: number,
): Point {
  const box = canvas.getBoundingClientRect();
  const { scale, x, y } = frameOf(session, box.width, box.height);
  return { x: (clientX - box.left - x) / scale, y: (clientY - box.top - y) / scale };
}

function draw(session: Session, canvas: HTMLCanvasElement): void {
  const context = canvas.getContext("2d");
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || !width || !session.element) return;
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  const colours = readColours(session.element);
  const { scale, x, y } = frameOf(session, width, height);
  const pixels = devicePixelRatio;
  context.setTransform(scale * pixels, 0, 0, scale * pixels, x * pixels, y * pixels);

  for (const item of session.view.items()) {
    if (item.kind !== "groups" && item.kind !== "components") continue;
    const hue = colours.hues[item.data.hue];
    const { box } = item;
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 12);
    context.fillStyle = item.kind === "groups" ? hue.fill : hue.mark;
    context.fill();
    context.strokeStyle = hue.edge;
    context.lineWidth = 0.8 / scale;
    if (item.kind === "groups") context.stroke();
  }
  const seen = seenBox(session);
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.2 / scale;
  context.strokeRect(seen.x, seen.y, seen.width, seen.height);
}

/** The whole board and the window's part of it fit into the map. */
function frameOf(session: Session, width: number, height: number): Frame {
  const boxes = [...session.view.items().map(({ box }) => box), seenBox(session)];
  const left = boxes.reduce((low, box) => Math.min(low, box.x), Infinity);
  const top = boxes.reduce((low, box) => Math.min(low, box.y), Infinity);
  const right = boxes.reduce((high, box) => Math.max(high, box.x + box.width), -Infinity);
  const bottom = boxes.reduce((high, box) => Math.max(high, box.y + box.height), -Infinity);
  const [room, space] = [width - 2 * MARGIN, height - 2 * MARGIN];
  const scale = Math.min(room / (right - left || 1), space / (bottom - top || 1));
  return {
    scale,
    x: width / 2 - ((left + right) / 2) * scale,
    y: height / 2 - ((top + bottom) / 2) * scale,
  };
}

function seenBox(session: Session): Box {
  const { x, y, zoom } = session.viewport.get();
  const { clientWidth = 0, clientHeight = 0 } = session.element ?? {};
  return { x: -x / zoom, y: -y / zoom, width: clientWidth / zoom, height: clientHeight / zoom };
}
