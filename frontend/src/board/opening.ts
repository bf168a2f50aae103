/** Where the view is when a board opens, and where it goes when the board changes its size. */

import { OWN_CHANGE } from "../document/changes";
import type { Point } from "../document/types";

import type { Viewport } from "./framing";
import type { Session } from "./session";
import { isAnythingSeen, openView, setView } from "./zooming";

/** A board comes in parts: edits that were kept here, then what the server has. */
const COMES_IN_MS = 3_000;
/** The view has come to rest. */
const REST_MS = 300;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** From when the board can be looked at. Returns its own undo. */
export function keepView(session: Session): () => void {
  const { element, flow, board } = session;
  if (!element || !flow) return () => undefined;
  let size: Size = { width: 0, height: 0 };
  let count = 0;
  let openedAt = 0;
  let opened: Viewport | null = null;
  let isComingIn = true;
  let resting: ReturnType<typeof setTimeout> | undefined;

  const isUntouched = (): boolean => opened !== null && isSame(opened, flow.getViewport());
  const open = (): void => {
    if (!recall(session, size)) openView(session);
    opened = flow.getViewport();
  };
  const comeIn = (): void => {
    const before = count;
    count = session.nodes.get().length;
    if (opened && performance.now() - openedAt > COMES_IN_MS) isComingIn = false;
    if (!isComingIn || !size.width || count <= before || (opened && !isUntouched())) return;
    openedAt ||= performance.now();
    open();
  };
  const resize = (): void => {
    const { clientWidth: width, clientHeight: height } = element;
    if (!width || !height) return;
    const before = size;
    size = { width, height };
    if (!before.width) comeIn();
    else if (isUntouched()) open();
    else setView(session, withMiddleKept(flow.getViewport(), before, size));
  };
  const remember = (): void => {
    clearTimeout(resting);
    if (opened && !isUntouched()) resting = setTimeout(() => write(session, size), REST_MS);
  };
  const end = ({ origin }: { origin: unknown }): void => {
    if (origin === OWN_CHANGE) isComingIn = false;
  };

  const observer = new ResizeObserver(resize);
  observer.observe(element);
  board.doc.on("afterTransaction", end);
  const stops = [session.nodes.subscribe(comeIn), session.viewport.subscribe(remember)];
  return () => {
    clearTimeout(resting);
    observer.disconnect();
    board.doc.off("afterTransaction", end);
    stops.forEach((stop) => stop());
  };
}

function isSame(a: Viewport, b: Viewport): boolean {
  return a.x === b.x && a.y === b.y && a.zoom === b.zoom;
}

function withMiddleKept(view: Viewport, before: Size, now: Size): Viewport {
  return {
    zoom: view.zoom,
    x: view.x + (now.width - before.width) / 2,
    y: view.y + (now.height - before.height) / 2,
  };
}

/** The view of this tab, so that a page that is loaded again shows what it showed. */

interface Remembered extends Point {
  readonly zoom: number;
}

/** The address names the design. */
const key = (): string => `view of ${window.location.pathname}`;

/** Remembers the middle: the window may have another size then. */
function write(session: Session, { width, height }: Size): void {
  const { x, y, zoom } = session.viewport.get();
  const middle: Remembered = { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom, zoom };
  try {
    sessionStorage.setItem(key(), JSON.stringify(middle));
  } catch {
    // A browser that keeps nothing opens the board anew each time.
  }
}

/** Whether there was a view to go back to that shows anything of the design. */
function recall(session: Session, { width, height }: Size): boolean {
  const middle = read();
  if (!middle) return false;
  const { x, y, zoom } = middle;
  const view = { x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom };
  if (!isAnythingSeen(session, view)) return false;
  setView(session, view);
  return true;
}

function read(): Remembered | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key()) ?? "null");
    return isRemembered(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== "object" || value === null) return false;
  return ["x", "y", "zoom"].every((name) => Number.isFinite(Reflect.get(value, name)));
}
