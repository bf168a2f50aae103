/**
 * What does a copy of a design have that the board lacks or has otherwise, and how does it come back?
 *
 * By value: an item with its id and its values, a text line by line. The bytes of the copy belong to
 * a document that is no more, and merging them would double some things and hide others.
 */

import * as Y from "yjs";

import { add, OWN_CHANGE, patch } from "./changes";
import { type Insertion, missingLines } from "./missingLines";
import type { BoardDocument } from "./open";
import { readAll, readItem } from "./read";
import { type AnyItem, type ConnectionItem, type ItemKind } from "./types";

export interface MissingItem {
  readonly type: "item";
  readonly kind: ItemKind;
  readonly id: string;
  readonly item: AnyItem;
  /** The values that the board has otherwise; null where it lacks the item. */
  readonly differing: Readonly<Record<string, unknown>> | null;
}

export interface MissingNotes {
  readonly type: "notes";
  readonly step: string;
  readonly lines: readonly string[];
}

export type Missing = MissingItem | MissingNotes;

/** Ends before lines, frames before what stands in them. */
export const IN_ORDER = [
  "groups",
  "components",
  "connections",
  "stickies",
  "texts",
  "strokes",
] as const satisfies readonly ItemKind[];

/** As the unsaved changes of a copy are named. */
export const nameOfPlace = (missing: Missing): string =>
  missing.type === "item" ? `${missing.kind}/${missing.id}` : `notes/${missing.step}`;

/** What the copy has and the board has not, by value. What only the board has is not its business. */
export function findMissing(board: BoardDocument, copy: BoardDocument): readonly Missing[] {
  const items = IN_ORDER.flatMap((kind) => missingItems(board, copy, kind));
  const notes = [...copy.notes.keys()].map((step) => {
    const { lines } = missingNotes(board, copy, step);
    return { type: "notes", step, lines } as const;
  });
  return [...items, ...notes.filter(({ lines }) => lines.length > 0)];
}

/**
 * Puts the chosen things back in one transaction, which is one step of undo. A line that is put back
 * brings its ends. Nothing is ever taken away, and doing it twice is doing it once.
 */
export function putBack(
  board: BoardDocument,
  copy: BoardDocument,
  chosen: readonly Missing[],
  origin: unknown = OWN_CHANGE,
): void {
  board.doc.transact(() => {
    const items = withEnds(board, copy, chosen);
    for (const kind of IN_ORDER) {
      for (const item of items.filter((one) => one.kind === kind)) putItemBack(board, item);
    }
    for (const one of chosen) if (one.type === "notes") putNotesBack(board, copy, one.step);
  }, origin);
}

function missingItems(board: BoardDocument, copy: BoardDocument, kind: ItemKind): MissingItem[] {
  return readAll(copy, kind)
    .filter((item) => kind !== "connections" || hasEnds(copy, item as ConnectionItem))
    .flatMap((item) => {
      const differing = differenceOf(readItem(board, kind, item.id), item);
      const isThere = differing !== null && Object.keys(differing).length === 0;
      return isThere ? [] : [{ type: "item" as const, kind, id: item.id, item, differing }];
    });
}

/** A line without its ends is not shown, so nobody misses it. */
const hasEnds = (board: BoardDocument, { source, target }: ConnectionItem): boolean =>
  [source, target].every((id) => board.items.components.has(id) || board.items.groups.has(id));

/** Null where there is nothing to compare with. The order of painting is nobody's content. */
function differenceOf(here: AnyItem | null, wanted: AnyItem): Record<string, unknown> | null {
  if (here === null) return null;
  const now = Object.entries(here) as [string, unknown][];
  const values = new Map(now);
  const differing = Object.entries(wanted).filter(([key, value]: [string, unknown]) => {
    if (key === "id" || key === "z") return false;
    const current = values.get(key);
    // Something is never replaced by nothing.
    return !isSame(current, value) && !(isEmpty(value) && !isEmpty(current));
  });
  return Object.fromEntries(differing);
}

export const isSame = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

const isEmpty = (value: unknown): boolean =>
  value === "" ||
  value === false ||
  JSON.stringify(value) === "[]" ||
  JSON.stringify(value) === "{}";

function withEnds(
  board: BoardDocument,
  copy: BoardDocument,
  chosen: readonly Missing[],
): readonly MissingItem[] {
  const items = chosen.filter((one) => one.type === "item");
  const known = new Set(items.map(({ id }) => id));
  const ends = items.flatMap(({ item }) => ("source" in item ? [item.source, item.target] : []));
  const lacking = (["groups", "components"] as const)
    .flatMap((kind) => missingItems(board, copy, kind))
    .filter(({ id, differing }) => differing === null && ends.includes(id) && !known.has(id));
  return [...items, ...lacking];
}

/** The board may have changed since the item was found missing. */
function putItemBack(board: BoardDocument, { kind, id, item }: MissingItem): void {
  const differing = differenceOf(readItem(board, kind, id), item);
  if (differing) patch(board, kind, id, differing);
  else add(board, kind, item, id);
}

function missingNotes(board: BoardDocument, copy: BoardDocument, step: string) {
  return missingLines(textOf(board, step), textOf(copy, step));
}

function putNotesBack(board: BoardDocument, copy: BoardDocument, step: string): void {
  const { insertions } = missingNotes(board, copy, step);
  const text = board.notes.get(step) ?? board.notes.set(step, new Y.Text());
  // From the end, so that the places of the others stay right.
  insertions.toReversed().forEach(({ at, text: added }: Insertion) => text.insert(at, added));
}

/** Anybody may have written anything: what is no text has no lines. */
function textOf(board: BoardDocument, step: string): string {
  const text: unknown = board.notes.get(step);
  return text instanceof Y.Text ? text.toJSON() : "";
}
