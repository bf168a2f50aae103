/** What copying puts on the clipboard, and what a paste of any text means. */

import * as Y from "yjs";

import type { Fragment } from "../document/copies";
import { openBoard } from "../document/open";
import { readAll } from "../document/read";
import { ITEM_KINDS } from "../document/types";

import { isQuickEntry } from "./quickEntry";

const FORMAT = "ninestep/board-items";
const VERSION = 1;

export type Pasted =
  | { readonly type: "items"; readonly fragment: Fragment }
  | { readonly type: "entry"; readonly text: string }
  | { readonly type: "text"; readonly text: string };

export function toClipboard(fragment: Fragment): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, ...fragment });
}

/** Items copied from a board, a line that names and wires components, or just text. */
export function fromClipboard(text: string): Pasted | null {
  const trimmed = text.trim();
  if (!trimmed) return null;
  const fragment = fragmentIn(trimmed);
  if (fragment) return { type: "items", fragment };
  return { type: isQuickEntry(trimmed) ? "entry" : "text", text: trimmed };
}

function fragmentIn(text: string): Fragment | null {
  if (!text.startsWith("{")) return null;
  try {
    const data: unknown = JSON.parse(text);
    return isRecord(data) && data.format === FORMAT ? readFragment(data) : null;
  } catch {
    return null; // Somebody copied text that merely looks like JSON: it is pasted as text.
  }
}

/** Reads through a document, because reading documents is already tolerant of everything. */
function readFragment(data: Readonly<Record<string, unknown>>): Fragment {
  const board = openBoard(new Y.Doc());
  for (const kind of ITEM_KINDS) {
    const items = data[kind];
    for (const item of Array.isArray(items) ? items.filter(isRecord) : []) {
      const { id } = item;
      if (typeof id === "string") board.items[kind].set(id, new Y.Map(Object.entries(item)));
    }
  }
  return {
    components: readAll(board, "components"),
    connections: readAll(board, "connections"),
    groups: readAll(board, "groups"),
    stickies: readAll(board, "stickies"),
    strokes: readAll(board, "strokes"),
    texts: readAll(board, "texts"),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
