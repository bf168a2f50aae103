/** Copies of items: what goes on the clipboard, and how it comes back with new ids. */

import { add, change, newId, withMembers } from "./changes";
import { membership } from "./membership";
import type { BoardDocument } from "./open";
import { readAll } from "./read";
import { ITEM_KINDS, type ItemKind, type Items, type Point } from "./types";

/** Plain items of a board, in their order. References may lead out of it. */
export type Fragment = { readonly [K in ItemKind]: readonly Items[K][] };

/** The chosen items with their members and with the connections that run between them. */
export function fragmentOf(board: BoardDocument, ids: Iterable<string>): Fragment {
  const chosen = withMembers(board, ids);
  const of = <K extends ItemKind>(kind: K): Items[K][] =>
    readAll(board, kind).filter((item) => chosen.has(item.id));
  return {
    components: of("components"),
    connections: readAll(board, "connections").filter(
      ({ source, target }) => chosen.has(source) && chosen.has(target),
    ),
    groups: of("groups"),
    stickies: of("stickies"),
    strokes: of("strokes"),
    texts: of("texts"),
  };
}

/** Adds the items shifted by an offset, with new ids. Returns the ids of all but the connections. */
export function paste(board: BoardDocument, fragment: Fragment, dx: number, dy: number): string[] {
  const ids = new Map<string, string>();
  for (const kind of ITEM_KINDS) for (const { id } of fragment[kind]) ids.set(id, newId());
  const known = membership(board);
  const end = (id: string): string => ids.get(id) ?? "";
  // A copy stays in the group of its original as long as that group is on this board.
  const home = (id: string, group: string): string => ids.get(group) ?? known.groupOf(id);

  return change(board, () => {
    for (const item of fragment.groups)
      put(board, "groups", { ...shifted(item, dx, dy), parent: home(item.id, item.parent) }, ids);
    for (const item of fragment.components)
      put(board, "components", { ...shifted(item, dx, dy), group: home(item.id, item.group) }, ids);
    for (const item of fragment.connections.filter(
      ({ source, target }) => end(source) && end(target),
    ))
      put(
        board,
        "connections",
        { ...item, source: end(item.source), target: end(item.target) },
        ids,
      );
    for (const item of fragment.stickies) put(board, "stickies", shifted(item, dx, dy), ids);
    for (const item of fragment.texts) put(board, "texts", shifted(item, dx, dy), ids);
    for (const item of fragment.strokes)
      put(board, "strokes", { ...item, points: shiftedPoints(item.points, dx, dy) }, ids);
    return [...ids].filter(([old]) => !isConnection(fragment, old)).map(([, id]) => id);
  });
}

/** The top left corner of a fragment, board px; null when nothing in it has a place. */
export function cornerOf(fragment: Fragment): Point | null {
  const places: Point[] = [
    ...fragment.components,
    ...fragment.groups,
    ...fragment.stickies,
    ...fragment.texts,
    ...fragment.strokes.flatMap(({ points }) => points.map(([x, y]) => ({ x, y }))),
  ];
  if (!places.length) return null;
  const least = (axis: "x" | "y"): number =>
    places.reduce((low, place) => Math.min(low, place[axis]), Infinity);
  return { x: least("x"), y: least("y") };
}

function put<K extends ItemKind>(
  board: BoardDocument,
  kind: K,
  item: Items[K],
  ids: ReadonlyMap<string, string>,
): void {
  add(board, kind, item, ids.get(item.id));
}

function shifted<T extends Point>(item: T, dx: number, dy: number): T {
  return { ...item, x: item.x + dx, y: item.y + dy };
}

function shiftedPoints(
  points: Items["strokes"]["points"],
  dx: number,
  dy: number,
): Items["strokes"]["points"] {
  return points.map(([x, y, pressure]) => [x + dx, y + dy, pressure] as const);
}

function isConnection(fragment: Fragment, id: string): boolean {
  return fragment.connections.some((connection) => connection.id === id);
}
