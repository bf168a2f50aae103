/**
 * Every way to change a board. Each function is one transaction with the origin `OWN_CHANGE`, and so
 * one step of undo. An item that is gone meanwhile is left alone: people edit at the same time.
 */

import { uuidv4 } from "lib0/random";
import * as Y from "yjs";

import { membership } from "./membership";
import type { BoardDocument } from "./open";
import { plain } from "./plain";
import { COMPONENT_SIZE, STICKY_SIZE, STROKE_WIDTH, readAll, readItem } from "./read";
import {
  ITEM_KINDS,
  type Box,
  type ConnectionItem,
  type ConnectionKind,
  type ItemKind,
  type Items,
  type Point,
  type StrokeItem,
} from "./types";
import { keysOnTop } from "./z";

/** The origin of this browser's own edits of the board: undo tracks it and nothing else. */
export const OWN_CHANGE = Symbol("own change of the board");

/** The lengths that the server keeps; longer text is cut here rather than refused there. */
const MAX_TEXT = 2_000;

/** The values of an item. `id` and `z` are given to a new one, whatever stands here. */
type Values<K extends ItemKind> = Partial<Items[K]>;

export function change<T>(board: BoardDocument, edit: () => T): T {
  return board.doc.transact(edit, OWN_CHANGE);
}

/** Not crypto.randomUUID: browsers keep that from pages served over plain HTTP. */
export function newId(): string {
  return uuidv4();
}

export function kindOf(board: BoardDocument, id: string): ItemKind | null {
  return ITEM_KINDS.find((kind) => board.items[kind].has(id)) ?? null;
}

/** Adding */

export function addComponent(
  board: BoardDocument,
  component: Values<"components"> & Point & { type: string },
): string {
  const usual = { name: "", notes: "", ...COMPONENT_SIZE, group: "", pinned: false };
  return add(board, "components", { ...usual, tags: [], fields: {}, ...component });
}

/** Returns null, and adds nothing, for a connection of an item with itself or with one that is gone. */
export function connect(
  board: BoardDocument,
  source: string,
  target: string,
  kind: ConnectionKind,
  label = "",
): string | null {
  if (whyNotConnect(board, source, target)) return null;
  const ports = { source_port: "", target_port: "" };
  return add(board, "connections", {
    source,
    target,
    ...ports,
    kind,
    label: label.slice(0, MAX_TEXT),
    waypoints: [],
  });
}

/** The reason in words, or null where a connection may be drawn. */
export function whyNotConnect(board: BoardDocument, source: string, target: string): string | null {
  const isEnd = (id: string): boolean =>
    board.items.components.has(id) || board.items.groups.has(id);
  if (source === target) return "A component cannot connect to itself";
  if (!isEnd(source) || !isEnd(target)) return "Only components and groups can be connected";
  const inside = membership(board);
  const holds = (group: string, id: string): boolean => inside.insideOf(group).includes(id);
  if (holds(source, target) || holds(target, source)) return "A group cannot connect to its member";
  return null;
}

export function addSticky(board: BoardDocument, at: Point, text = ""): string {
  return add(board, "stickies", { text, x: at.x, y: at.y, ...STICKY_SIZE, color: "yellow" });
}

export function addText(board: BoardDocument, at: Point, text: string): string {
  return add(board, "texts", { text: text.slice(0, MAX_TEXT), x: at.x, y: at.y });
}

export function addStroke(board: BoardDocument, points: StrokeItem["points"]): string {
  return add(board, "strokes", { points, color: "ink", width: STROKE_WIDTH });
}

/** Changing */

export function rename(board: BoardDocument, id: string, name: string): void {
  const kind = board.items.groups.has(id) ? "groups" : "components";
  patch(board, kind, id, { name: name.trim().slice(0, MAX_TEXT) });
}

export function setNotes(board: BoardDocument, id: string, notes: string): void {
  patch(board, "components", id, { notes });
}

export function setPinned(board: BoardDocument, ids: readonly string[], pinned: boolean): void {
  change(board, () => ids.forEach((id) => patch(board, "components", id, { pinned })));
}

export function setText(board: BoardDocument, id: string, text: string): void {
  const kind = board.items.texts.has(id) ? "texts" : "stickies";
  patch(board, kind, id, { text: text.slice(0, MAX_TEXT) });
}

export function setLabel(board: BoardDocument, id: string, label: string): void {
  patch(board, "connections", id, { label: label.trim().slice(0, MAX_TEXT) });
}

export function setKind(board: BoardDocument, id: string, kind: ConnectionKind): void {
  patch(board, "connections", id, { kind });
}

export function reverse(board: BoardDocument, id: string): void {
  const item = readItem(board, "connections", id);
  if (!item) return;
  patch(board, "connections", id, {
    source: item.target,
    target: item.source,
    source_port: item.target_port,
    target_port: item.source_port,
  });
}

export function resize(board: BoardDocument, id: string, box: Box): void {
  const kind = kindOf(board, id);
  const { x, y, width, height } = box;
  const hasSize = kind === "components" || kind === "groups" || kind === "stickies";
  if (hasSize) patch(board, kind, id, { x, y, width, height });
}

/** Moves each item by the same offset; connections have no place and are passed over. */
export function move(board: BoardDocument, ids: Iterable<string>, dx: number, dy: number): void {
  change(board, () => {
    for (const id of ids) moveOne(board, id, dx, dy);
  });
}

export function bringToFront(board: BoardDocument, ids: readonly string[]): void {
  change(board, () => {
    for (const kind of ITEM_KINDS) {
      const chosen = readAll(board, kind).filter((item) => ids.includes(item.id));
      const keys = keysOnTop(board, kind, chosen.length);
      chosen.forEach((item, index) => board.items[kind].get(item.id)?.set("z", keys[index]));
    }
  });
}

/**
 * Deletes items with what cannot be without them: the members of a group and the connections of
 * whatever goes, in the same transaction, so that one undo brings all of it back.
 */
export function deleteItems(board: BoardDocument, ids: Iterable<string>): string[] {
  return change(board, () => {
    const going = withMembers(board, ids);
    for (const connection of connectionsOf(board, going)) going.add(connection.id);
    const there = [...going].filter((id) => kindOf(board, id) !== null);
    for (const kind of ITEM_KINDS) there.forEach((id) => board.items[kind].delete(id));
    return there;
  });
}

/** The connections with an end among `ids`. */
export function connectionsOf(board: BoardDocument, ids: ReadonlySet<string>): ConnectionItem[] {
  const connections = readAll(board, "connections");
  return connections.filter(({ source, target }) => ids.has(source) || ids.has(target));
}

export function withMembers(board: BoardDocument, ids: Iterable<string>): Set<string> {
  const members = membership(board);
  return new Set([...ids].flatMap((id) => [id, ...members.insideOf(id)]));
}

/** For the other modules of this folder; everybody else uses a function that says what it does. */

export function add<K extends ItemKind>(
  board: BoardDocument,
  kind: K,
  values: Values<K>,
  id = newId(),
): string {
  change(board, () => {
    const [z] = keysOnTop(board, kind, 1);
    const entries = Object.entries(plain({ ...values, z })).filter(([key]) => key !== "id");
    board.items[kind].set(id, new Y.Map<unknown>(entries));
  });
  return id;
}

/** Writes only what differs, so that a touch without a change is no step of undo. */
export function patch<K extends ItemKind>(
  board: BoardDocument,
  kind: K,
  id: string,
  values: Values<K>,
): void {
  const item = board.items[kind].get(id);
  if (!item) return;
  const differing = Object.entries(plain(values)).filter(([key, value]) => item.get(key) !== value);
  if (differing.length)
    change(board, () => differing.forEach(([key, value]) => void item.set(key, value)));
}

function moveOne(board: BoardDocument, id: string, dx: number, dy: number): void {
  const kind = kindOf(board, id);
  if (kind === null || kind === "connections") return;
  if (kind === "strokes") {
    moveStroke(board, id, dx, dy);
  } else {
    const item = readItem(board, kind, id);
    if (item) patch(board, kind, id, { x: item.x + dx, y: item.y + dy });
  }
}

function moveStroke(board: BoardDocument, id: string, dx: number, dy: number): void {
  const stroke = readItem(board, "strokes", id);
  const moved = stroke?.points.map(([x, y, pressure]) => [x + dx, y + dy, pressure] as const);
  if (moved && (dx || dy)) patch(board, "strokes", id, { points: moved });
}
