/**
 * What does an item say? Reading is total: a value that is missing or of the wrong type becomes its
 * default, the same one that the server takes (apps/designs/document/items.py). Nothing here throws.
 */

import * as Y from "yjs";

import type { BoardDocument, ItemMap } from "./open";
import {
  CONNECTION_KINDS,
  type Box,
  type ComponentItem,
  type ConnectionItem,
  type GroupItem,
  type ItemKind,
  type Items,
  type StickyItem,
  type StrokeItem,
  type TextItem,
} from "./types";

/** Board px. */
export const COMPONENT_SIZE = { width: 172, height: 52 } as const;
export const GROUP_SIZE = { width: 320, height: 240 } as const;
export const STICKY_SIZE = { width: 180, height: 120 } as const;
export const STROKE_WIDTH = 2;

const MAX_COORDINATE = 1_000_000;
const MAX_SIZE = 100_000;
const MAX_POINTS = 10_000;

type Size = Pick<Box, "width" | "height">;

/** A frozen record, or null when there is no such item. */
export function readItem<K extends ItemKind>(
  board: BoardDocument,
  kind: K,
  id: string,
): Items[K] | null {
  const map: unknown = board.items[kind].get(id);
  if (!(map instanceof Y.Map)) return null;
  const item = READERS[kind](id, map as ItemMap);
  Object.freeze(item);
  return item;
}

/** All items of a kind in the order of painting: by z, then by id. */
export function readAll<K extends ItemKind>(board: BoardDocument, kind: K): Items[K][] {
  const found = [...board.items[kind].keys()].map((id) => readItem(board, kind, id));
  return found.filter((item) => item !== null).sort(byZ);
}

/** Plain string order, as the server sorts; `localeCompare` would mix upper and lower case. */
export function byZ(a: { z: string; id: string }, b: { z: string; id: string }): number {
  if (a.z !== b.z) return a.z < b.z ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

const READERS: { [K in ItemKind]: (id: string, map: ItemMap) => Items[K] } = {
  components: readComponent,
  connections: readConnection,
  groups: readGroup,
  stickies: readSticky,
  strokes: readStroke,
  texts: readText,
};

function readComponent(id: string, map: ItemMap): ComponentItem {
  return {
    id,
    type: text(map, "type") || "other",
    name: text(map, "name"),
    notes: text(map, "notes"),
    ...box(map, COMPONENT_SIZE),
    group: text(map, "group"),
    pinned: map.get("pinned") === true,
    tags: list(map, "tags").filter((tag) => typeof tag === "string"),
    fields: record(map, "fields"),
    z: text(map, "z"),
  };
}

function readConnection(id: string, map: ItemMap): ConnectionItem {
  const kind = map.get("kind");
  return {
    id,
    source: text(map, "source"),
    target: text(map, "target"),
    source_port: text(map, "source_port"),
    target_port: text(map, "target_port"),
    kind: CONNECTION_KINDS.find((known) => known === kind) ?? "request",
    label: text(map, "label"),
    waypoints: points(map, "waypoints").map(([x, y]) => [x, y] as const),
    z: text(map, "z"),
  };
}

function readGroup(id: string, map: ItemMap): GroupItem {
  return {
    id,
    name: text(map, "name"),
    kind: text(map, "kind") || "group",
    parent: text(map, "parent"),
    ...box(map, GROUP_SIZE),
    z: text(map, "z"),
  };
}

function readSticky(id: string, map: ItemMap): StickyItem {
  return {
    id,
    text: text(map, "text"),
    ...box(map, STICKY_SIZE),
    color: text(map, "color") || "yellow",
    z: text(map, "z"),
  };
}

function readStroke(id: string, map: ItemMap): StrokeItem {
  return {
    id,
    points: points(map, "points"),
    color: text(map, "color") || "ink",
    width: size(map, "width", STROKE_WIDTH),
    z: text(map, "z"),
  };
}

function readText(id: string, map: ItemMap): TextItem {
  return { id, text: text(map, "text"), ...place(map), z: text(map, "z") };
}

function text(map: ItemMap, key: string): string {
  const value = map.get(key);
  return typeof value === "string" ? value : "";
}

function place(map: ItemMap): { x: number; y: number } {
  return { x: coordinate(map.get("x")), y: coordinate(map.get("y")) };
}

function box(map: ItemMap, usual: Size): Box {
  return {
    ...place(map),
    width: size(map, "width", usual.width),
    height: size(map, "height", usual.height),
  };
}

function coordinate(value: unknown): number {
  return isNumber(value) ? Math.min(Math.max(value, -MAX_COORDINATE), MAX_COORDINATE) : 0;
}

function size(map: ItemMap, key: string, usual: number): number {
  const value = map.get(key);
  return isNumber(value) && value > 0 ? Math.min(value, MAX_SIZE) : usual;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function list(map: ItemMap, key: string): readonly unknown[] {
  const value = map.get(key);
  return Array.isArray(value) ? value : [];
}

function record(map: ItemMap, key: string): Readonly<Record<string, unknown>> {
  const value = map.get(key);
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain && !(value instanceof Y.AbstractType) ? { ...value } : {};
}

function points(map: ItemMap, key: string): (readonly [number, number, number])[] {
  return list(map, key)
    .slice(0, MAX_POINTS)
    .filter((point): point is unknown[] => Array.isArray(point) && point.length >= 2)
    .map(([x, y, pressure]) => [
      coordinate(x),
      coordinate(y),
      isNumber(pressure) ? Math.min(Math.max(pressure, 0), 1) : 0.5,
    ]);
}
