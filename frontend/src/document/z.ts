/** The order of painting: fractional index keys, so that two people can insert at the same place. */

import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

import type { BoardDocument } from "./open";
import type { ItemKind } from "./types";

/** `count` keys above everything of the kind that is there now. */
export function keysOnTop(board: BoardDocument, kind: ItemKind, count: number): string[] {
  return generateNKeysBetween(highestKey(board, kind), null, count);
}

/** The highest key that is one. Anybody may have written anything: what is no key is passed over. */
function highestKey(board: BoardDocument, kind: ItemKind): string | null {
  let highest: string | null = null;
  for (const item of board.items[kind].values()) {
    const z = item.get("z");
    if (typeof z === "string" && (highest === null || z > highest) && isKey(z)) highest = z;
  }
  return highest;
}

function isKey(z: string): boolean {
  try {
    generateKeyBetween(z, null);
    return true;
  } catch {
    return false;
  }
}
