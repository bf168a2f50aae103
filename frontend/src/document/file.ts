/** A board as the file that a design is exported to: the format of docs/design-document.md. */

import * as Y from "yjs";

import { membership } from "./membership";
import type { BoardDocument } from "./open";
import { readAll } from "./read";
import type { ItemKind, Items } from "./types";

const FORMAT = "ninestep/design";
const VERSION = 1;

export interface FileStep {
  readonly id: string;
  readonly number: number;
}

/** A file that can be imported. steps: those that can have notes, the flow's own in order. */
export function designFile(
  board: BoardDocument,
  title: string,
  flow: { readonly id: string; readonly version: string },
  steps: readonly FileStep[],
): Readonly<Record<string, unknown>> {
  return {
    format: FORMAT,
    version: VERSION,
    title,
    flow: { id: flow.id, version: flow.version },
    steps: steps
      .filter(({ id }) => board.notes.has(id))
      .map(({ id, number }) => ({
        id,
        number,
        status: statusOf(board, id),
        notes: notesOf(board, id),
      })),
    board: {
      components: itemsOf(board, "components"),
      connections: itemsOf(board, "connections", ({ source, target }) =>
        [source, target].every((id) => isEnd(board, id)),
      ),
      groups: itemsOf(board, "groups"),
      stickies: itemsOf(board, "stickies"),
      strokes: itemsOf(board, "strokes"),
      texts: itemsOf(board, "texts"),
    },
  };
}

export function notesOf(board: BoardDocument, step: string): string {
  const text: unknown = board.notes.get(step);
  return text instanceof Y.Text ? text.toJSON() : "";
}

function statusOf(board: BoardDocument, id: string): string {
  const status = board.steps.get(id)?.get("status");
  return typeof status === "string" ? status : "in_play";
}

/** The order of painting is that of the list; a group that is gone is no group. */
function itemsOf<K extends ItemKind>(
  board: BoardDocument,
  kind: K,
  isWanted: (item: Items[K]) => boolean = () => true,
): Record<string, unknown>[] {
  const members = membership(board);
  return readAll(board, kind)
    .filter(isWanted)
    .map((item) => {
      const values: [string, unknown][] = Object.entries(item);
      const home = members.groupOf(item.id);
      return Object.fromEntries(
        values
          .filter(([key]) => key !== "z")
          .map(([key, value]) => [key, key === "group" || key === "parent" ? home : value]),
      );
    });
}

const isEnd = (board: BoardDocument, id: string): boolean =>
  board.items.components.has(id) || board.items.groups.has(id);
