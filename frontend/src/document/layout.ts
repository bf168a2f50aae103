/** Tidy: positions from elsewhere, written as one step. What is pinned keeps its place. */

import { change, patch } from "./changes";
import type { BoardDocument } from "./open";
import { readItem } from "./read";
import type { Box, Point } from "./types";

/** As GET designs/<id>/layout answers. Board px; connections are routed by the board itself. */
export interface Layout {
  readonly components: Readonly<Record<string, Point>>;
  readonly groups?: Readonly<Record<string, Box>>;
}

/** Returns how many items were given a new place. Unknown ids and numbers that are none are passed over. */
export function applyLayout(board: BoardDocument, layout: Layout): number {
  return change(board, () => {
    const components = Object.entries(layout.components);
    const groups = Object.entries(layout.groups ?? {});
    const placed = components.filter(([id, at]) => placeComponent(board, id, at));
    const boxed = groups.filter(([id, box]) => placeGroup(board, id, box));
    return placed.length + boxed.length;
  });
}

function placeComponent(board: BoardDocument, id: string, { x, y }: Point): boolean {
  const item = readItem(board, "components", id);
  if (!item || item.pinned || !isFinite(x) || !isFinite(y)) return false;
  if (item.x === x && item.y === y) return false;
  patch(board, "components", id, { x, y });
  return true;
}

function placeGroup(board: BoardDocument, id: string, { x, y, width, height }: Box): boolean {
  const isBox = [x, y, width, height].every(isFinite) && width > 0 && height > 0;
  if (!isBox || !board.items.groups.has(id)) return false;
  patch(board, "groups", id, { x, y, width, height });
  return true;
}
