/** Groups: put items into one, take them out, follow a drop. A group's place is its own box. */

import { add, change, patch } from "./changes";
import { groupAt, membership } from "./membership";
import type { BoardDocument } from "./open";
import { readAll, readItem } from "./read";
import type { Box } from "./types";

/** Board px between a group's edge and its members; the head holds the label. */
const PADDING = 16;
const HEAD = 40;

/** A group around components and groups, inside the group that all of them share. */
export function group(board: BoardDocument, ids: readonly string[], name: string): string | null {
  const members = membership(board);
  const chosen = new Set(ids);
  const top = ids.filter((id) => !chosen.has(members.groupOf(id)) && boxOf(board, id));
  const boxes = top.map((id) => boxOf(board, id)).filter((box) => box !== null);
  if (!boxes.length) return null;
  const parents = new Set(top.map((id) => members.groupOf(id)));
  const [parent = ""] = parents.size === 1 ? parents : [];
  return change(board, () => {
    const around = { name, kind: "group", parent, ...boxAround(boxes) };
    const id = add(board, "groups", around);
    for (const member of top) setGroup(board, member, id);
    growToHold(board, parent, around);
    return id;
  });
}

/** Makes the outer groups large enough for what is put into them. */
function growToHold(board: BoardDocument, id: string, inner: Box): void {
  const outer = readItem(board, "groups", id);
  if (!outer || isInside(boxAround([inner]), outer)) return;
  const box = union(outer, boxAround([inner]));
  patch(board, "groups", id, box);
  growToHold(board, membership(board).groupOf(id), box);
}

/** A group drawn as a rectangle takes what lies in it. */
export function addGroup(board: BoardDocument, box: Box, name: string): string {
  return change(board, () => {
    const parent = groupAt(readAll(board, "groups"), centre(box), new Set());
    const id = add(board, "groups", { name, kind: "group", parent, ...box });
    for (const item of [...readAll(board, "components"), ...readAll(board, "groups")]) {
      const isMember = item.id !== id && isInside(item, box);
      if (isMember && membership(board).groupOf(item.id) === parent) setGroup(board, item.id, id);
    }
    return id;
  });
}

/** Removes the groups and keeps what was in them. */
export function ungroup(board: BoardDocument, ids: readonly string[]): void {
  change(board, () => {
    for (const id of ids.filter((each) => board.items.groups.has(each))) {
      const members = membership(board);
      const outer = members.groupOf(id);
      for (const member of members.membersOf(id)) setGroup(board, member, outer);
      removeWithConnections(board, id);
    }
  });
}

/** After a drop: each item belongs to the innermost group that its centre lies in. */
export function regroup(board: BoardDocument, ids: readonly string[]): void {
  change(board, () => {
    const groups = readAll(board, "groups");
    const members = membership(board);
    const moved = new Set(ids);
    for (const id of ids.filter((each) => !moved.has(members.groupOf(each)))) {
      const box = boxOf(board, id);
      const own = new Set([id, ...members.insideOf(id)]);
      if (box) setGroup(board, id, groupAt(groups, centre(box), own));
    }
  });
}

export function boxAround(boxes: readonly Box[]): Box {
  const { x, y, width, height } = boxes.reduce(union);
  return {
    x: x - PADDING,
    y: y - HEAD,
    width: width + 2 * PADDING,
    height: height + HEAD + PADDING,
  };
}

function union(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

function boxOf(board: BoardDocument, id: string): Box | null {
  return readItem(board, "components", id) ?? readItem(board, "groups", id);
}

function setGroup(board: BoardDocument, id: string, to: string): void {
  if (board.items.groups.has(id)) patch(board, "groups", id, { parent: to });
  else patch(board, "components", id, { group: to });
}

function removeWithConnections(board: BoardDocument, id: string): void {
  for (const item of readAll(board, "connections")) {
    if (item.source === id || item.target === id) board.items.connections.delete(item.id);
  }
  board.items.groups.delete(id);
}

function centre(box: Box): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
