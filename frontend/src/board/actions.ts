/** What a person can do to the board, whether by key, button, menu or gesture. */

import {
  addComponent,
  addSticky,
  addText,
  bringToFront,
  change,
  connect,
  deleteItems,
  move,
  setPinned,
  whyNotConnect,
} from "../document/changes";
import { cornerOf, fragmentOf, paste, type Fragment } from "../document/copies";
import { group, regroup, ungroup } from "../document/groups";
import { readAll, readItem } from "../document/read";
import type { ConnectionKind, Point } from "../document/types";
import { fromClipboard, toClipboard } from "../tools/clipboard";
import type { Direction } from "../tools/keys";
import { planQuickEntry, proposedKind, type Plan } from "../tools/quickEntry";
import { merge } from "../tools/store";

import { freePlaceAround, freePlaceBeside, placesFor } from "./placing";
import { select, selectedEnd, selectedItems, selectionOf } from "./selection";
import type { Session, Tool } from "./session";
import { unitOf } from "./walking";
import { count, nameOf } from "./words";
import { middleOfView, readableWidth, show } from "./zooming";

/** Board px that a copy is shifted by. */
const COPY_SHIFT = 24;

export function chooseTool(session: Session, tool: Tool): void {
  const isLooking = tool === "select" || tool === "hand";
  if (session.isReadOnly && !isLooking) return;
  merge(session.ui, { tool, connecting: { type: "idle" }, hover: null });
}

/** After a tool has done its work once, the board goes back to selecting. */
export function finishTool(session: Session): void {
  if (!session.ui.get().keepTool) chooseTool(session, "select");
}

/** Components and connections */

export interface Insertion {
  readonly type: string;
  readonly name: string;
  readonly at: Point | null;
  /** The component to connect from, or null. */
  readonly from: string | null;
  readonly direction?: Direction;
}

/** One step of undo for the component and its connection. */
export function insertComponent(session: Session, insertion: Insertion): string {
  const { board } = session;
  const { type, name, at, from, direction } = insertion;
  const corner = cornerFor(session, at, from ?? selectedEnd(session), direction);
  const [id, line] = change(board, () => {
    const added = addComponent(board, { type, name, ...corner });
    regroup(board, [added]);
    return [added, from ? connect(board, from, added, proposeKind(session, from, added)) : null];
  });
  settleNew(session, [id]);
  session.announce(`Added ${nameOf(session, id)}`);
  if (line) merge(session.ui, { asking: line });
  return id;
}

/** At the given place, else beside the given item, else at the pointer, else in the middle. */
function cornerFor(
  session: Session,
  at: Point | null,
  near: string | null,
  direction?: Direction,
): Point {
  if (at) return freePlaceAround(session, at);
  const box = near === null ? null : session.view.boxOf(near);
  if (box) return freePlaceBeside(session, box, direction);
  return freePlaceAround(session, session.pointer.get() ?? middleOfView(session));
}

/** Draws a connection with the kind that the catalogue proposes, and asks for kind and label. */
export function connectItems(session: Session, source: string, target: string): void {
  const reason = whyNotConnect(session.board, source, target);
  if (reason) {
    session.announce(reason);
    return;
  }
  const id = connect(session.board, source, target, proposeKind(session, source, target));
  session.view.flush();
  session.announce(`Connected ${nameOf(session, source)} to ${nameOf(session, target)}`);
  select(session, id ? [id] : []);
  merge(session.ui, { asking: id });
}

export function proposeKind(session: Session, source: string, target: string): ConnectionKind {
  const typeOf = (id: string): string => readItem(session.board, "components", id)?.type ?? "other";
  return proposedKind(session.catalogue, typeOf(source), typeOf(target));
}

/** Adds what a line such as `client -> ranker` names, in a row, as one step. Returns the new ids. */
export function enterLine(session: Session, text: string, at: Point | null): string[] {
  const { board } = session;
  const plan = planQuickEntry(text, readAll(board, "components"), session.catalogue);
  const middle = at ?? session.pointer.get() ?? middleOfView(session);
  const added = change(board, () => applyPlan(session, plan, middle));
  settleNew(session, added);
  session.announce(
    `Added ${count(added.length, "component")} and ${count(plan.connections.length, "connection")}`,
  );
  return added;
}

function applyPlan(session: Session, plan: Plan, middle: Point): string[] {
  const { board } = session;
  const places = placesFor(session, plan, middle, readableWidth(session));
  const ids = plan.components.map(
    ({ existing, type, name }, index) =>
      existing ?? addComponent(board, { type, name, ...(places[index] ?? middle) }),
  );
  for (const { source, target, kind, label } of plan.connections)
    connect(board, ids[source] ?? "", ids[target] ?? "", kind, label);
  const added = ids.filter((_, index) => !plan.components[index]?.existing);
  regroup(board, added);
  return added;
}

/** Notes, texts */

export function insertSticky(session: Session, at: Point): void {
  const id = addSticky(session.board, at);
  settleNew(session, [id]);
  merge(session.ui, { editing: { type: "item", id } });
}

export function insertText(session: Session, at: Point, text: string): void {
  if (text.trim()) settle(session, [addText(session.board, at, text.trim())]);
}

/** The selection */

export function deleteSelected(session: Session): void {
  deleteThese(session, selectionOf(session));
}

export function deleteThese(session: Session, ids: readonly string[]): void {
  if (!ids.length) return;
  const [first = ""] = ids;
  const what = ids.length === 1 ? nameOf(session, first) : count(ids.length, "item");
  deleteItems(session.board, ids);
  settle(session, []);
  session.announce(`Deleted ${what}. Ctrl+Z brings it back.`);
}

export function duplicateSelected(session: Session): void {
  const fragment = fragmentOf(session.board, selectedItems(session));
  const ids = paste(session.board, fragment, COPY_SHIFT, COPY_SHIFT);
  settleNew(session, ids);
  if (ids.length) session.announce(`Duplicated ${count(ids.length, "item")}`);
}

export function groupSelected(session: Session): void {
  const id = group(session.board, selectedItems(session), "Group");
  if (!id) return;
  settle(session, [id]);
  merge(session.ui, { editing: { type: "item", id } });
}

export function ungroupSelected(session: Session): void {
  const groups = selectedItems(session).filter((id) => session.board.items.groups.has(id));
  const members = groups.flatMap((id) => session.view.members().membersOf(id));
  if (!groups.length) return;
  ungroup(session.board, groups);
  settle(session, members);
  session.announce(`Ungrouped ${count(members.length, "item")}`);
}

export function togglePinned(session: Session): void {
  const ids = selectedItems(session).filter((id) => session.board.items.components.has(id));
  const isPinned = ids.every((id) => readItem(session.board, "components", id)?.pinned);
  setPinned(session.board, ids, !isPinned);
  if (ids.length) session.announce(isPinned ? "Unpinned" : "Pinned: Tidy keeps its place");
}

export function bringSelectedToFront(session: Session): void {
  bringToFront(session.board, selectionOf(session));
}

/** Presses of one direction on one selection, one after the other, are one step of undo. */
export function nudgeSelected(session: Session, direction: Direction, distance: number): void {
  const ids = selectedItems(session);
  if (!ids.length) return;
  const { x, y } = unitOf(direction);
  const whole = new Set(ids.flatMap((id) => [id, ...session.view.members().insideOf(id)]));
  session.undo.join(`nudge ${ids.join()}`, () =>
    change(session.board, () => {
      move(session.board, whole, x * distance, y * distance);
      regroup(session.board, ids);
    }),
  );
}

export function editSelected(session: Session): void {
  const [id] = selectionOf(session);
  if (id === undefined || session.isReadOnly) return;
  if (session.view.item(id)?.kind === "strokes") return;
  merge(session.ui, { editing: { type: "item", id }, asking: null });
}

/** The clipboard */

export function copySelected(session: Session, clipboard: DataTransfer): boolean {
  const ids = selectedItems(session);
  if (!ids.length) return false;
  clipboard.setData("text/plain", toClipboard(fragmentOf(session.board, ids)));
  session.announce(`Copied ${count(ids.length, "item")}`);
  return true;
}

export function pasteText(session: Session, text: string): boolean {
  const pasted = fromClipboard(text);
  if (!pasted) return false;
  const at = session.pointer.get() ?? middleOfView(session);
  if (pasted.type === "items") pasteItems(session, pasted.fragment, at);
  else if (pasted.type === "entry") enterLine(session, pasted.text, at);
  else insertText(session, at, pasted.text);
  return true;
}

function pasteItems(session: Session, fragment: Fragment, at: Point): void {
  const corner = cornerOf(fragment);
  if (!corner) return;
  const [dx, dy] = [Math.round(at.x - corner.x), Math.round(at.y - corner.y)];
  const ids = paste(session.board, fragment, dx, dy);
  settleNew(session, ids);
  session.announce(`Pasted ${count(ids.length, "item")}`);
}

/** Shows the change at once and selects its result. */
function settle(session: Session, ids: readonly string[]): void {
  session.view.flush();
  select(session, ids);
}

/** New items are in view too, wherever they found a place. */
function settleNew(session: Session, ids: readonly string[]): void {
  settle(session, ids);
  show(session, ids);
}
