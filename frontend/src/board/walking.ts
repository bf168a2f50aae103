/** Moving from item to item by keys: in reading order, along connections, or to one that is named. */

import { inReadingOrder, outline } from "../document/outline";
import type { Point } from "../document/types";
import type { Direction } from "../tools/keys";

import { select, selectedEnd, selectedItems } from "./selection";
import type { Session } from "./session";
import { describe } from "./words";
import { show } from "./zooming";

export function stepItem(session: Session, step: 1 | -1): boolean {
  const items = inWalkingOrder(session);
  const [current] = selectedItems(session);
  const index = current === undefined ? -1 : items.indexOf(current);
  const next = items[index < 0 && step < 0 ? items.length - 1 : index + step];
  if (next === undefined) return false;
  focusItem(session, next);
  return true;
}

/** As the outline reads: a group before its members; then stickies and texts. */
function inWalkingOrder(session: Session): string[] {
  const notes = session.view.items().filter(({ kind }) => kind === "stickies" || kind === "texts");
  const places = notes.map(({ id, box }) => ({ id, x: box.x, y: box.y }));
  return [
    ...outline(session.board).map(({ item }) => item.id),
    ...inReadingOrder(places).map(({ id }) => id),
  ];
}

/** To the item at the other end of the connection that leads most in this direction. */
export function walk(session: Session, direction: Direction): void {
  const here = selectedEnd(session);
  const from = here === null ? null : session.view.boxOf(here);
  if (here === null || !from) return;
  const { x, y } = unitOf(direction);
  let best: { id: string; along: number } | null = null;
  for (const { source, target } of session.view.connections()) {
    if (source !== here && target !== here) continue;
    const id = source === here ? target : source;
    const box = session.view.boxOf(id);
    if (!box) continue;
    const [dx, dy] = [box.x - from.x, box.y - from.y];
    const along = (dx * x + dy * y) / Math.max(Math.hypot(dx, dy), 1);
    if (along > 0.3 && along > (best?.along ?? 0)) best = { id, along };
  }
  if (best) focusItem(session, best.id);
  else session.announce(`No connection leads ${direction}`);
}

/** Selects an item, brings it into view and says what it is. False when there is no such item. */
export function focusItem(session: Session, id: string): boolean {
  if (!session.view.item(id) && !session.view.connection(id)) return false;
  select(session, [id]);
  const line = session.view.connection(id);
  show(session, line ? [line.source, line.target] : [id]);
  session.announce(describe(session, id));
  return true;
}

export function unitOf(direction: Direction): Point {
  const units = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const;
  const [x, y] = units[direction];
  return { x, y };
}
