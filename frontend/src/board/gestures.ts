/** What the pointer does with each tool, from the press to the release. */

import { addStroke, whyNotConnect } from "../document/changes";
import { addGroup } from "../document/groups";
import { groupAt } from "../document/membership";
import { readAll } from "../document/read";
import type { Box, Point } from "../document/types";
import { IDLE, begin, moveTo, release, type Connecting } from "../tools/connecting";
import { inkPath, simplify, type InkPoint } from "../tools/ink";
import { merge } from "../tools/store";

import { connectItems, deleteThese, finishTool, insertSticky } from "./actions";
import { select } from "./selection";
import type { Session, Tool } from "./session";

export interface Pointer {
  readonly at: Point;
  readonly client: Point;
  readonly pressure: number;
}

export interface Gesture {
  move(pointer: Pointer): void;
  up(pointer: Pointer): void;
  cancel(): void;
}

/** Screen px around a line that still hit it. */
const HIT_MARGIN = 8;

/** A box smaller than this (board px) was a click, not a drawing. */
const LEAST_BOX = 24;
const CLICKED_GROUP = { width: 320, height: 200 };
const STROKE_PX = 2.6;

/** Null when the tool leaves the pointer to React Flow. */
export function startGesture(session: Session, tool: Tool, pointer: Pointer): Gesture | null {
  switch (tool) {
    case "pen":
      return draw(session, pointer);
    case "eraser":
      return erase(session, pointer);
    case "group":
      return frame(session, pointer);
    case "connect":
      return connectFrom(session, itemAt(session, pointer.client), pointer);
    case "sticky":
      return place(session, (at) => insertSticky(session, { x: at.x - 90, y: at.y - 60 }));
    case "text":
      return place(session, (at) => merge(session.ui, { editing: { type: "new-text", at } }));
    case "select":
    case "hand":
      return null;
  }
}

/** From a port or with the connect tool; a second press ends a connection begun by a click. */
export function connectFrom(
  session: Session,
  source: string | null,
  pointer: Pointer,
): Gesture | null {
  const now = session.ui.get().connecting;
  if (now.type === "idle") {
    if (source === null) return null;
    setConnecting(session, begin(source, pointer.at));
  }
  return {
    move: (to) => followConnecting(session, to),
    up(to) {
      followConnecting(session, to);
      endConnecting(session);
    },
    cancel: () => setConnecting(session, IDLE),
  };
}

/** Also while no button is down: between the two clicks of a connection. */
export function followConnecting(session: Session, { at, client }: Pointer): void {
  const now = session.ui.get().connecting;
  if (now.type === "idle") return;
  const over = itemAt(session, client);
  const next = moveTo(now, at, over, (a, b) => whyNotConnect(session.board, a, b));
  setConnecting(session, next);
}

function endConnecting(session: Session): void {
  const zoom = session.viewport.get().zoom;
  const [next, outcome] = release(session.ui.get().connecting, zoom);
  setConnecting(session, next);
  if (next.type !== "idle") return;
  finishTool(session);
  if (outcome.type === "connect") connectItems(session, outcome.source, outcome.target);
  if (outcome.type === "ask")
    merge(session.ui, { palette: { at: outcome.at, from: outcome.source } });
}

function setConnecting(session: Session, connecting: Connecting): void {
  merge(session.ui, { connecting });
}

function draw(session: Session, first: Pointer): Gesture {
  const points: InkPoint[] = [];
  const add = ({ at, pressure }: Pointer): void => {
    points.push([at.x, at.y, pressure]);
    session.draft.set({ type: "ink", path: inkPath(points, STROKE_PX) });
  };
  add(first);
  return {
    move: add,
    up() {
      session.draft.set(null);
      addStroke(session.board, simplify(points));
      session.view.flush();
      session.announce("Drew a stroke");
    },
    cancel: () => session.draft.set(null),
  };
}

/** Marks what the pointer touches; the release deletes all of it in one step. */
function erase(session: Session, first: Pointer): Gesture {
  const marked = new Set<string>();
  const touch = ({ at, client }: Pointer): void => {
    const item = itemAt(session, client);
    const hit = item ?? session.view.routes.hit(at, hitMargin(session));
    const isBox = hit !== null && session.view.item(hit)?.kind === "groups";
    if (hit === null || isBox || marked.has(hit)) return;
    marked.add(hit);
    markErased(session, marked);
  };
  touch(first);
  return {
    move: touch,
    up() {
      markErased(session, new Set());
      deleteThese(session, [...marked]);
    },
    cancel: () => markErased(session, new Set()),
  };
}

function markErased(session: Session, marked: ReadonlySet<string>): void {
  const nodes = session.nodes.get().map((node) => {
    const className = marked.has(node.id) ? "is-erased" : "";
    return (node.className ?? "") === className ? node : { ...node, className };
  });
  session.nodes.set(nodes);
}

function frame(session: Session, { at: from }: Pointer): Gesture {
  return {
    move: ({ at }) => session.draft.set({ type: "box", box: boxBetween(from, at) }),
    up({ at }) {
      session.draft.set(null);
      const drawn = boxBetween(from, at);
      const isClick = drawn.width < LEAST_BOX || drawn.height < LEAST_BOX;
      const id = addGroup(session.board, isClick ? { ...from, ...CLICKED_GROUP } : drawn, "Group");
      session.view.flush();
      finishTool(session);
      select(session, [id]);
      merge(session.ui, { editing: { type: "item", id } });
    },
    cancel: () => session.draft.set(null),
  };
}

function place(session: Session, put: (at: Point) => void): Gesture {
  return {
    move: () => undefined,
    up({ at }) {
      finishTool(session);
      put({ x: Math.round(at.x), y: Math.round(at.y) });
    },
    cancel: () => undefined,
  };
}

/** Board px around a line that hit it. */
export function hitMargin(session: Session): number {
  return HIT_MARGIN / session.viewport.get().zoom;
}

/** What is drawn as an element and lies under the pointer. */
export function nodeAt(client: Point): string | null {
  const element = document.elementFromPoint(client.x, client.y);
  return element?.closest<HTMLElement>(".react-flow__node")?.dataset.id ?? null;
}

/** The card, sticky, text or stroke under the pointer, else the innermost group around it. */
export function itemAt(session: Session, client: Point): string | null {
  const node = nodeAt(client);
  if (node !== null) return node;
  const element = document.elementFromPoint(client.x, client.y);
  const at = session.flow?.screenToFlowPosition(client);
  const isBoard = element?.closest(".react-flow") ?? null;
  if (!at || !isBoard) return null;
  const group = groupAt(readAll(session.board, "groups"), at, new Set());
  return group === "" ? null : group;
}

function boxBetween(a: Point, b: Point): Box {
  return {
    x: Math.round(Math.min(a.x, b.x)),
    y: Math.round(Math.min(a.y, b.y)),
    width: Math.round(Math.abs(a.x - b.x)),
    height: Math.round(Math.abs(a.y - b.y)),
  };
}
