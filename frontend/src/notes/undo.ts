/** One history for each text, kept while the page lives, with one's own changes only. */

import * as Y from "yjs";

/** Origin of text that comes from the guide rather than from the keyboard. */
export const FROM_GUIDE = Symbol("put in notes");

const managers = new WeakMap<Y.Text, Y.UndoManager>();

export function undoOf(text: Y.Text): Y.UndoManager {
  const known = managers.get(text);
  if (known) return known;
  // The editor adds itself to the tracked origins while it is mounted.
  const manager = new Y.UndoManager(text, { trackedOrigins: new Set([FROM_GUIDE]) });
  managers.set(text, manager);
  return manager;
}

/** Adds a paragraph at the end. */
export function appendToNotes(text: Y.Text, paragraph: string): void {
  const before = text.toJSON();
  const gap = before === "" ? "" : "\n".repeat(2 - trailingNewlines(before));
  undoOf(text).stopCapturing();
  text.doc?.transact(() => text.insert(text.length, `${gap}${paragraph}\n`), FROM_GUIDE);
}

function trailingNewlines(text: string): number {
  if (text.endsWith("\n\n")) return 2;
  return text.endsWith("\n") ? 1 : 0;
}
