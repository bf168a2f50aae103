/** Moving the view of the board: what is to be seen never lies under what floats over it. */

import type { Box, Point } from "../document/types";
import { touches } from "../tools/route/grid";

import {
  around,
  centred,
  cornered,
  fittingZoom,
  isInside,
  onScreen,
  reaching,
  type Viewport,
} from "./framing";
import { selectedItems } from "./selection";
import type { Session } from "./session";

/** Screen px between what is shown and the edges of the board or what floats over it. */
const MARGIN = 16;
/** Nobody needs a small design larger than this. */
const MOST_FIT = 1.25;
/** Below this a card is hard to read: rather a part than the whole. */
const LEAST_READABLE = 0.6;
/** A part is shown no larger than this, so that much of it is seen. */
const PART_ZOOM = 0.8;

/** What somebody sees first: the whole design, or its beginning if the whole could not be read. */
export function openView(session: Session): void {
  const bounds = boundsOf(session);
  if (!bounds) return;
  const area = roomiest(session, bounds);
  const zoom = Math.min(fittingZoom(bounds, area), MOST_FIT);
  if (zoom >= LEAST_READABLE) setView(session, centred(bounds, area, zoom));
  else setView(session, beginning(session, bounds, area));
}

export function zoomToFit(session: Session): void {
  fit(session, boundsOf(session));
}

export function zoomToSelection(session: Session): void {
  const ids = selectedItems(session);
  fit(session, boundsOf(session, ids.length ? ids : undefined));
}

/** Brings new items into view, with as little movement as it takes. */
export function show(session: Session, ids: readonly string[]): void {
  const [bounds, view] = [boundsOf(session, ids), session.flow?.getViewport()];
  if (!bounds || !view || !session.element?.clientWidth) return;
  if (areasOf(session).some((area) => isInside(onScreen(bounds, view), area))) return;
  const area = roomiest(session, bounds);
  const zoom = Math.min(view.zoom, Math.max(fittingZoom(bounds, area), LEAST_READABLE));
  const isAll = ids.length === session.view.items().length;
  const middle = boardPoint(view, area.x + area.width / 2, area.y + area.height / 2);
  const zoomed = centred({ ...middle, width: 0, height: 0 }, area, zoom);
  setView(session, isAll ? centred(bounds, area, zoom) : reaching(zoomed, bounds, area));
}

/** Brings what changed into view: with the whole design if that can be read, else by itself. */
export function reveal(session: Session, ids: readonly string[]): void {
  session.view.flush();
  const [bounds, view, whole] = [
    boundsOf(session, ids),
    session.flow?.getViewport(),
    boundsOf(session),
  ];
  if (!bounds || !whole || !view || !session.element?.clientWidth) return;
  if (areasOf(session).some((area) => isInside(onScreen(bounds, view), area))) return;
  const isReadable = fittingZoom(whole, roomiest(session, whole)) >= LEAST_READABLE;
  if (isReadable) fit(session, whole);
  else show(session, ids);
}

/** Whether this view shows any item. */
export function isAnythingSeen(session: Session, view: Viewport): boolean {
  const areas = areasOf(session);
  return session.view
    .items()
    .some(({ box }) => areas.some((area) => touches(onScreen(box, view), area)));
}

/** Where something new is seen best, board px. */
export function middleOfView(session: Session): Point {
  const [area] = areasOf(session);
  const view = session.flow?.getViewport() ?? { x: 0, y: 0, zoom: 1 };
  return boardPoint(view, area.x + area.width / 2, area.y + area.height / 2);
}

/** Board px across that can be shown so that they can be read. */
export function readableWidth(session: Session): number {
  const widest = Math.max(...areasOf(session).map(({ width }) => width));
  return Math.max(widest, 0) / LEAST_READABLE;
}

export function zoomBy(session: Session, factor: number): void {
  zoomTo(session, session.viewport.get().zoom * factor);
}

export function zoomTo(session: Session, zoom: number): void {
  void session.flow?.zoomTo(zoom);
}

export function setView(session: Session, view: Viewport): void {
  void session.flow?.setViewport(view);
}

function fit(session: Session, bounds: Box | null): void {
  if (!bounds) return;
  const area = roomiest(session, bounds);
  setView(session, centred(bounds, area, Math.min(fittingZoom(bounds, area), MOST_FIT)));
}

/** Where the design begins at the top left; its first item is in view even if the corner is empty. */
function beginning(session: Session, bounds: Box, area: Box): Viewport {
  const filling = Math.max(area.width / bounds.width, area.height / bounds.height);
  const zoom = Math.min(Math.max(filling, LEAST_READABLE), PART_ZOOM);
  const boxes = session.view.items().map(({ box }) => box);
  const first = boxes.reduce((a, b) => (b.x + b.y < a.x + a.y ? b : a));
  return reaching(cornered(bounds, area, zoom), first, area);
}

/** Around these items, or around all of them and their lines. */
function boundsOf(session: Session, ids?: readonly string[]): Box | null {
  const nodes = new Map(session.nodes.get().map((node) => [node.id, node]));
  const items = ids ?? session.view.items().map(({ id }) => id);
  const boxes = items.flatMap((id) => {
    const box = session.view.boxOf(id);
    // A text is as large as it turns out to be.
    return box ? [{ ...box, ...(box.width ? {} : nodes.get(id)?.measured) }] : [];
  });
  return around(ids ? boxes : [...boxes, ...pathBoxes(session)]);
}

function pathBoxes({ view: { routes } }: Session): Box[] {
  return [...routes.ids()].flatMap((id) => routes.get(id)?.box ?? []);
}

function roomiest(session: Session, bounds: Box): Box {
  const areas = areasOf(session);
  return areas.reduce((a, b) => (fittingZoom(bounds, b) > fittingZoom(bounds, a) ? b : a));
}

/**
 * The parts of the board that nothing floats over: the whole height left of the map, or the whole
 * width above it. Screen px from the board's corner.
 */
function areasOf(session: Session): readonly [Box, Box] {
  const { clientWidth: width = 0, clientHeight: height = 0 } = session.element ?? {};
  const top = floating(session, ".legend")?.bottom ?? 0;
  const bottom = height - (floating(session, ".tools")?.top ?? height);
  const map = floating(session, ".nav-b");
  const beside = { left: 0, top, right: width - (map?.left ?? width), bottom };
  const above = { left: 0, top, right: 0, bottom: Math.max(bottom, height - (map?.top ?? height)) };
  return [inset(width, height, beside), inset(width, height, above)];
}

type Edges = Readonly<Record<"left" | "top" | "right" | "bottom", number>>;

function floating(session: Session, selector: string): Edges | null {
  const corner = session.element?.getBoundingClientRect();
  const box = session.element?.querySelector(selector)?.getBoundingClientRect();
  if (!corner || !box?.width) return null;
  const [x, y] = [corner.left, corner.top];
  return { left: box.left - x, top: box.top - y, right: box.right - x, bottom: box.bottom - y };
}

function inset(width: number, height: number, by: Edges): Box {
  return {
    x: by.left + MARGIN,
    y: by.top + MARGIN,
    width: Math.max(width - by.left - by.right - 2 * MARGIN, 1),
    height: Math.max(height - by.top - by.bottom - 2 * MARGIN, 1),
  };
}

function boardPoint({ x, y, zoom }: Viewport, screenX: number, screenY: number): Point {
  return { x: (screenX - x) / zoom, y: (screenY - y) / zoom };
}
