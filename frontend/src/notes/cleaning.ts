/** Whatever brings text in (keys, paste, drop, a command): only what the server takes gets through. */

import { type ChangeSpec, EditorState, type Transaction } from "@codemirror/state";
import { ySyncAnnotation } from "y-codemirror.next";

import { cleanText, isClean } from "../document/plain";

export const cleaning = EditorState.transactionFilter.of((transaction) => {
  // What others wrote is in the shared text already, and the editor has to show the same.
  const isOwn = transaction.annotation(ySyncAnnotation) === undefined;
  if (!transaction.docChanged || !isOwn) return transaction;
  const insertions = insertionsOf(transaction);
  if (insertions.every(({ insert }) => isClean(insert))) return transaction;
  const changes: ChangeSpec[] = insertions.map((one) => ({
    ...one,
    insert: cleanText(one.insert),
  }));
  // Of the same length, so that the caret stays where it was put.
  return {
    changes,
    effects: transaction.effects,
    scrollIntoView: transaction.scrollIntoView,
    ...(transaction.selection ? { selection: transaction.selection } : {}),
  };
});

function insertionsOf({ changes }: Transaction) {
  const found: { from: number; to: number; insert: string }[] = [];
  changes.iterChanges((from, to, _fromNew, _toNew, inserted) => {
    found.push({ from, to, insert: inserted.toString() });
  });
  return found;
}
