/** The board as text, in reading order: what a screen reader hears and what Tab walks through. */

import { membership } from "./membership";
import type { BoardDocument } from "./open";
import { readAll } from "./read";
import type { ComponentItem, ConnectionItem, GroupItem, Point } from "./types";

export interface OutlineConnection {
  readonly item: ConnectionItem;
  /** The item at the other end. */
  readonly other: string;
  readonly isOutgoing: boolean;
}

export interface OutlineEntry {
  readonly item: ComponentItem | GroupItem;
  readonly isGroup: boolean;
  /** 0 at the root, 1 in a group and so on. */
  readonly depth: number;
  readonly connections: readonly OutlineConnection[];
}

/** Items whose tops are nearer than this (board px) are read as one row, left to right. */
const ROW = 40;

/** Each item once, a group before its members. */
export function outline(board: BoardDocument): OutlineEntry[] {
  const members = membership(board);
  const items = new Map<string, ComponentItem | GroupItem>();
  for (const item of readAll(board, "components")) items.set(item.id, item);
  for (const item of readAll(board, "groups")) items.set(item.id, item);
  const connections = connectionsByEnd(readAll(board, "connections"), items);

  const level = (parent: string, depth: number): OutlineEntry[] => {
    const here = [...items.values()].filter((item) => members.groupOf(item.id) === parent);
    return inReadingOrder(here).flatMap((item) => [
      {
        item,
        isGroup: board.items.groups.has(item.id),
        depth,
        connections: connections.get(item.id) ?? [],
      },
      ...(members.membersOf(item.id).length ? level(item.id, depth + 1) : []),
    ]);
  };
  return level("", 0);
}

export function inReadingOrder<T extends Point>(items: readonly T[]): T[] {
  const byTop = [...items].sort((a, b) => a.y - b.y || a.x - b.x);
  const rows: T[][] = [];
  for (const item of byTop) {
    const row = rows.at(-1);
    if (row?.[0] && item.y - row[0].y < ROW) row.push(item);
    else rows.push([item]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.x - b.x));
}

function connectionsByEnd(
  connections: readonly ConnectionItem[],
  ends: ReadonlyMap<string, unknown>,
): Map<string, OutlineConnection[]> {
  const found = new Map<string, OutlineConnection[]>();
  const put = (id: string, other: string, item: ConnectionItem, isOutgoing: boolean): void =>
    void found.set(id, [...(found.get(id) ?? []), { item, other, isOutgoing }]);
  for (const item of connections.filter((each) => ends.has(each.source) && ends.has(each.target))) {
    put(item.source, item.target, item, true);
    put(item.target, item.source, item, false);
  }
  return found;
}
