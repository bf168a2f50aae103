/** Which items lie in which group. A lost group frees its members; a circle of groups is opened. */

import type { BoardDocument } from "./open";
import { readAll } from "./read";
import type { Box, GroupItem, Point } from "./types";

export interface Membership {
  /** The group that an item is in, or "" for none. */
  groupOf(id: string): string;
  /** Direct members: components, then groups. */
  membersOf(group: string): readonly string[];
  /** Members, members of inner groups and so on. Without the group itself. */
  insideOf(group: string): string[];
}

export function membership(board: BoardDocument): Membership {
  const parents = parentsOf(board);
  const members = new Map<string, string[]>();
  for (const [id, parent] of parents) {
    if (parent) members.set(parent, [...(members.get(parent) ?? []), id]);
  }
  const membersOf = (group: string): readonly string[] => members.get(group) ?? [];
  const insideOf = (group: string): string[] =>
    membersOf(group).flatMap((id) => [id, ...insideOf(id)]);
  return { groupOf: (id) => parents.get(id) ?? "", membersOf, insideOf };
}

/** The innermost group around a point, outside of `except`. */
export function groupAt(
  groups: readonly GroupItem[],
  point: Point,
  except: ReadonlySet<string>,
): string {
  const around = groups.filter((group) => !except.has(group.id) && contains(group, point));
  around.sort((a, b) => a.width * a.height - b.width * b.height);
  return around[0]?.id ?? "";
}

export function contains(box: Box, point: Point): boolean {
  return (
    point.x >= box.x &&
    point.x <= box.x + box.width &&
    point.y >= box.y &&
    point.y <= box.y + box.height
  );
}

function parentsOf(board: BoardDocument): Map<string, string> {
  const groups = new Map(readAll(board, "groups").map((group) => [group.id, group.parent]));
  const known = (id: string): string => (groups.has(id) ? id : "");
  const parents = new Map<string, string>();
  for (const { id, group } of readAll(board, "components")) parents.set(id, known(group));
  for (const [id, parent] of groups) parents.set(id, isInCircle(id, groups) ? "" : known(parent));
  return parents;
}

/** Does following the parents from this group lead back to it? */
function isInCircle(id: string, groups: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  let parent = groups.get(id) ?? "";
  while (parent && !seen.has(parent)) {
    if (parent === id) return true;
    seen.add(parent);
    parent = groups.get(parent) ?? "";
  }
  return false;
}
