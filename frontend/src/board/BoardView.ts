/**
 * The document as the board shows it: a frozen record for each item, which stays the same object
 * until what it says changes. Changes of the document and remote drags are gathered and told once an
 * animation frame, so that ten people dragging cost as much as one. Knows neither React nor the DOM.
 */

import type * as Y from "yjs";

import type { Catalogue, Hue } from "../document/catalogue";
import { membership, type Membership } from "../document/membership";
import type { BoardDocument } from "../document/open";
import { byZ, readAll, readItem } from "../document/read";
import {
  ITEM_KINDS,
  type Box,
  type ComponentItem,
  type ConnectionItem,
  type GroupItem,
  type ItemKind,
  type Point,
} from "../document/types";
import { inkBox, inkPath } from "../tools/ink";
import { createRoutes, type Routes } from "../tools/route/routes";

import { labelSize } from "./lines";
import { dominantHue, lookOf, typesById, type Look } from "./looks";

export interface CardData extends Look {
  readonly pinned: boolean;
}

export interface GroupData {
  readonly name: string;
  readonly hue: Hue;
}

export interface StickyData {
  readonly text: string;
}

export interface TextData {
  readonly text: string;
}

export interface StrokeData {
  readonly path: string;
}

interface Placed {
  readonly id: string;
  readonly box: Box;
  readonly z: string;
}

/** An item with a place on the board. `box` is without drags that are under way. */
export type BoardItem = Placed &
  (
    | { readonly kind: "components"; readonly data: CardData; readonly type: string }
    | { readonly kind: "groups"; readonly data: GroupData; readonly depth: number }
    | { readonly kind: "stickies"; readonly data: StickyData }
    | { readonly kind: "texts"; readonly data: TextData }
    | { readonly kind: "strokes"; readonly data: StrokeData }
  );

export interface Drag {
  readonly ids: readonly string[];
  readonly dx: number;
  readonly dy: number;
}

/** The ids of what is new, different or gone since the last one. */
export interface Flush {
  readonly items: ReadonlySet<string>;
  readonly connections: ReadonlySet<string>;
}

export interface BoardView {
  readonly routes: Routes;
  item(id: string): BoardItem | undefined;
  /** In the order of painting: groups, components, stickies, strokes, texts. */
  items(): BoardItem[];
  /** Only connections whose ends are both there. */
  connection(id: string): ConnectionItem | undefined;
  connections(): Iterable<ConnectionItem>;
  /** Where an item is now, drags included. */
  boxOf(id: string): Box | null;
  members(): Membership;
  /** Shows items elsewhere than they are; a change of such an item in the document ends it. */
  setDrag(who: string, drag: Drag | null): void;
  /** Shows an item with another box, until null or until the document says otherwise. */
  setResize(id: string, box: Box | null): void;
  /** Tells at once what would be told with the next frame. */
  flush(): void;
  readonly subscribe: (listener: (flush: Flush) => void) => () => void;
  /** How often something was told. */
  readonly version: () => number;
  /** Begins to follow the document; before, the view is what the document was when it was made. */
  start(): () => void;
}

/** Calls back once, soon; the browser's animation frame, or a test's own. */
export type Schedule = (callback: () => void) => unknown;

const PAINTING: readonly ItemKind[] = ["groups", "components", "stickies", "strokes", "texts"];

export function createBoardView(
  board: BoardDocument,
  catalogue: Catalogue,
  schedule: Schedule = (callback) => requestAnimationFrame(callback),
): BoardView {
  const typeOf = typesById(catalogue);
  const items = new Map<string, BoardItem>();
  const connections = new Map<string, ConnectionItem>();
  const drags = new Map<string, { ids: ReadonlySet<string>; dx: number; dy: number }>();
  const dirty: Record<ItemKind, Set<string>> = {
    components: new Set(),
    connections: new Set(),
    groups: new Set(),
    stickies: new Set(),
    strokes: new Set(),
    texts: new Set(),
  };
  const resized = new Map<string, Box>();
  const moved = new Set<string>();
  const listeners = new Set<(flush: Flush) => void>();
  let members = membership(board);
  let isScheduled = false;
  let cameOrWent = false;
  let version = 0;

  const routes = createRoutes({
    boxOf,
    endsOf: (id) => connections.get(id) ?? null,
    isObstacle: (id) => items.get(id)?.kind === "components",
    labelSize: (id) => labelSize(connections.get(id)?.label ?? ""),
  });

  function boxOf(id: string): Box | null {
    const box = items.has(id) ? (resized.get(id) ?? items.get(id)?.box) : null;
    if (!box) return null;
    const shift = shiftOf(id);
    return shift ? { ...box, x: box.x + shift.x, y: box.y + shift.y } : box;
  }

  function shiftOf(id: string): Point | null {
    for (const { ids, dx, dy } of drags.values()) if (ids.has(id)) return { x: dx, y: dy };
    return null;
  }

  function wake(): void {
    if (isScheduled) return;
    isScheduled = true;
    schedule(flush);
  }

  function flush(): void {
    isScheduled = false;
    const changed = new Set(moved);
    const settled = [...dirty.components];
    moved.clear();
    endLandedDrags(changed);
    if (isStructureDirty()) refreshGroups();
    for (const kind of PAINTING) {
      for (const id of dirty[kind]) resized.delete(id);
      for (const id of dirty[kind]) if (refreshItem(kind, id)) changed.add(id);
      if (kind === "components" || kind === "groups") markConnectionsOf(dirty[kind]);
      dirty[kind].clear();
    }
    const lines = [...dirty.connections].filter(refreshConnection);
    dirty.connections.clear();
    if (!changed.size && !lines.length) return;
    routes.update(changed, lines, settled);
    version++;
    const told = { items: changed, connections: new Set(lines) };
    for (const listener of [...listeners]) listener(told);
  }

  /** The drop of a drag has arrived: its place in the document replaces the shown one. */
  function endLandedDrags(changed: Set<string>): void {
    for (const [who, { ids }] of drags) {
      if (![...ids].some((id) => PAINTING.some((kind) => dirty[kind].has(id)))) continue;
      drags.delete(who);
      for (const id of ids) changed.add(id);
    }
  }

  /** Does a change move items between groups, or change the hues in one? */
  function isStructureDirty(): boolean {
    const isOther = (id: string): boolean => {
      const item = readItem(board, "components", id);
      const shown = items.get(id);
      if (item === null || shown?.kind !== "components") return true;
      return item.type !== shown.type || item.group !== members.groupOf(id);
    };
    return dirty.groups.size > 0 || [...dirty.components].some(isOther);
  }

  function refreshGroups(): void {
    members = membership(board);
    for (const id of board.items.groups.keys()) dirty.groups.add(id);
  }

  function refreshItem(kind: ItemKind, id: string): boolean {
    const before = items.get(id);
    const now = read(kind, id);
    if (now) items.set(id, before ? keepData(before, now) : now);
    else items.delete(id);
    if (!before !== !now) cameOrWent = true;
    return before !== undefined || now !== null;
  }

  /** A connection appears and vanishes with its ends. Items that only change are not looked at. */
  function markConnectionsOf(ends: ReadonlySet<string>): void {
    const isOdd = ({ id, source, target }: ConnectionItem): boolean =>
      (ends.has(source) || ends.has(target)) && connections.has(id) !== isComplete(source, target);
    if (!cameOrWent) return;
    for (const item of readAll(board, "connections")) {
      if (isOdd(item)) dirty.connections.add(item.id);
    }
    cameOrWent = false;
  }

  function isComplete(source: string, target: string): boolean {
    return isEnd(source) && isEnd(target);
  }

  function isEnd(id: string): boolean {
    const kind = items.get(id)?.kind;
    return kind === "components" || kind === "groups";
  }

  function refreshConnection(id: string): boolean {
    const before = connections.has(id);
    const item = readItem(board, "connections", id);
    if (item && isComplete(item.source, item.target)) connections.set(id, item);
    else connections.delete(id);
    return before || connections.has(id);
  }

  function read(kind: ItemKind, id: string): BoardItem | null {
    switch (kind) {
      case "components": {
        const item = readItem(board, kind, id);
        return item && { ...placed(item), kind, type: item.type, data: cardData(item) };
      }
      case "groups": {
        const item = readItem(board, kind, id);
        return item && { ...placed(item), kind, data: groupData(item), depth: depthOf(id) };
      }
      case "stickies": {
        const item = readItem(board, kind, id);
        return item && { ...placed(item), kind, data: { text: item.text } };
      }
      case "texts": {
        const item = readItem(board, kind, id);
        return (
          item && { ...placed({ ...item, width: 0, height: 0 }), kind, data: { text: item.text } }
        );
      }
      case "strokes": {
        const item = readItem(board, kind, id);
        if (!item) return null;
        const box = inkBox(item.points, item.width);
        const local = item.points.map(([x, y, p]) => [x - box.x, y - box.y, p] as const);
        return { ...placed({ ...item, ...box }), kind, data: { path: inkPath(local, item.width) } };
      }
      case "connections":
        return null;
    }
  }

  function cardData(item: ComponentItem): CardData {
    return { ...lookOf(item, typeOf), pinned: item.pinned };
  }

  function groupData(item: GroupItem): GroupData {
    const inside = members.insideOf(item.id).map((id) => readItem(board, "components", id));
    const hues = inside.map((member) => member && (typeOf(member.type)?.hue ?? "slate"));
    return { name: item.name, hue: dominantHue(hues.filter((hue) => hue !== null)) };
  }

  function depthOf(id: string): number {
    const parent = members.groupOf(id);
    return parent ? depthOf(parent) + 1 : 0;
  }

  function markAll(): void {
    for (const kind of ITEM_KINDS) for (const id of board.items[kind].keys()) dirty[kind].add(id);
  }

  function observe(kind: ItemKind): () => void {
    const map = board.items[kind];
    const gather = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
      for (const event of events) for (const id of idsOf(event)) dirty[kind].add(id);
      wake();
    };
    map.observeDeep(gather);
    return () => map.unobserveDeep(gather);
  }

  markAll();
  flush();

  return {
    routes,
    item: (id) => items.get(id),
    items: () => [...items.values()].sort(byPainting),
    connection: (id) => connections.get(id),
    connections: () => connections.values(),
    boxOf,
    members: () => members,
    setDrag(who, drag) {
      for (const id of drags.get(who)?.ids ?? []) moved.add(id);
      for (const id of drag?.ids ?? []) moved.add(id);
      if (drag) drags.set(who, { ...drag, ids: new Set(drag.ids) });
      else drags.delete(who);
      if (moved.size) wake();
    },
    setResize(id, box) {
      if (box) resized.set(id, box);
      else resized.delete(id);
      moved.add(id);
      wake();
    },
    flush,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
    start() {
      const stops = ITEM_KINDS.map(observe);
      // What was changed between the making of the view and now.
      for (const item of items.values()) dirty[item.kind].add(item.id);
      for (const id of connections.keys()) dirty.connections.add(id);
      markAll();
      flush();
      return () => stops.forEach((stop) => stop());
    },
  };
}

export function byPainting(a: BoardItem, b: BoardItem): number {
  return PAINTING.indexOf(a.kind) - PAINTING.indexOf(b.kind) || depth(a) - depth(b) || byZ(a, b);
}

function depth(item: BoardItem): number {
  return item.kind === "groups" ? item.depth : 0;
}

/** An event of the root map names the items that came and went, one of an item the item itself. */
function idsOf(event: Y.YEvent<Y.AbstractType<unknown>>): string[] {
  const [id] = event.path;
  return id === undefined ? [...event.changes.keys.keys()] : [String(id)];
}

function placed(item: Box & { id: string; z: string }): Placed {
  const { id, z, x, y, width, height } = item;
  return { id, z, box: Object.freeze({ x, y, width, height }) };
}

/** The new record with the old data where that says the same, so that the card is not drawn again. */
function keepData(before: BoardItem, now: BoardItem): BoardItem {
  const [old, fresh] = [before.data, now.data] as [object, object];
  const isSame = Object.entries(fresh).every(([key, value]) => Reflect.get(old, key) === value);
  return before.kind === now.kind && isSame ? ({ ...now, data: old } as BoardItem) : now;
}
