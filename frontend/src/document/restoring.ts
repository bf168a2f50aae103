/**
 * What stands between a board and one of its earlier states, and how does it get back there?
 *
 * By value, like `recovery`, but exactly: what came since goes. People may be editing meanwhile, so
 * only what differs is written, in one transaction, which is one step of undo.
 */

import * as Y from "yjs";

import { add, change, patch } from "./changes";
import type { BoardDocument } from "./open";
import { readAll, readItem } from "./read";
import { IN_ORDER, isSame } from "./recovery";
import type { AnyItem, ItemKind } from "./types";

export interface ItemChange {
  /** What restoring does to it. */
  readonly how: "added" | "changed" | "removed";
  readonly kind: ItemKind;
  readonly id: string;
  /** As the earlier state has it; of a removed one, as it is now. */
  readonly item: AnyItem;
}

export interface Difference {
  readonly items: readonly ItemChange[];
  /** Steps whose notes say something else. */
  readonly notes: readonly string[];
}

export function differenceTo(board: BoardDocument, earlier: BoardDocument): Difference {
  const steps = new Set([...board.notes.keys(), ...earlier.notes.keys()]);
  return {
    items: IN_ORDER.flatMap((kind) => itemChanges(board, earlier, kind)),
    notes: [...steps].filter((step) => textOf(board, step) !== textOf(earlier, step)),
  };
}

export function restore(board: BoardDocument, earlier: BoardDocument): void {
  change(board, () => {
    const { items, notes } = differenceTo(board, earlier);
    items.forEach((one) => restoreItem(board, one));
    notes.forEach((step) => rewrite(noteOf(board, step), textOf(earlier, step)));
  });
}

function itemChanges(board: BoardDocument, earlier: BoardDocument, kind: ItemKind): ItemChange[] {
  const wanted = readAll(earlier, kind).flatMap((item): ItemChange[] => {
    const now = readItem(board, kind, item.id);
    if (now !== null && isSame(now, item)) return [];
    return [{ how: now === null ? "added" : "changed", kind, id: item.id, item }];
  });
  const since = readAll(board, kind)
    .filter(({ id }) => !earlier.items[kind].has(id))
    .map((item): ItemChange => ({ how: "removed", kind, id: item.id, item }));
  return [...wanted, ...since];
}

function restoreItem(board: BoardDocument, { how, kind, id, item }: ItemChange): void {
  if (how === "removed") {
    board.items[kind].delete(id);
    return;
  }
  if (how === "added") add(board, kind, item, id);
  const now = new Map(Object.entries(readItem(board, kind, id) ?? {}) as [string, unknown][]);
  const differing = Object.entries(item).filter(([key, value]) => !isSame(now.get(key), value));
  patch(board, kind, id, Object.fromEntries(differing));
}

/** Changes the middle alone, so that carets and edits beside it stay where they are. */
function rewrite(text: Y.Text, wanted: string): void {
  const now = text.toJSON();
  const shorter = Math.min(now.length, wanted.length);
  let start = 0;
  while (start < shorter && now[start] === wanted[start]) start += 1;
  if (splitsPair(now, start) || splitsPair(wanted, start)) start -= 1;
  let end = 0;
  while (end < shorter - start && now.at(-1 - end) === wanted.at(-1 - end)) end += 1;
  if (splitsPair(now, now.length - end) || splitsPair(wanted, wanted.length - end)) end -= 1;
  text.delete(start, now.length - end - start);
  text.insert(start, wanted.slice(start, wanted.length - end));
}

/** Between the halves of a surrogate pair no text can be cut. */
function splitsPair(text: string, at: number): boolean {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

const noteOf = (board: BoardDocument, step: string): Y.Text =>
  board.notes.get(step) ?? board.notes.set(step, new Y.Text());

/** Anybody may have written anything: what is no text says nothing. */
function textOf(board: BoardDocument, step: string): string {
  const text: unknown = board.notes.get(step);
  return text instanceof Y.Text ? text.toJSON() : "";
}
