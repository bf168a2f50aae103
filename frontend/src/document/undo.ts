/** Undo and redo of one's own edits of the board: never of another's, one gesture at a time. */

import * as Y from "yjs";

import { OWN_CHANGE } from "./changes";
import type { BoardDocument } from "./open";

export interface UndoController {
  undo(): void;
  redo(): void;
  readonly canUndo: () => boolean;
  readonly canRedo: () => boolean;
  /** Runs `edit` as part of the last step if that was of the same gesture and just now. */
  join(gesture: string, edit: () => void): void;
  readonly subscribe: (listener: () => void) => () => void;
  destroy(): void;
}

/** Key presses that nudge the same selection within this time are one step. */
const JOIN_MS = 800;

/** Every transaction is a step of its own: a gesture writes once, at its end. */
export function createUndo(board: BoardDocument): UndoController {
  // Notes have a history of their own; what is put back into them with items is one step with these.
  const manager = new Y.UndoManager([...Object.values(board.items), board.notes], {
    doc: board.doc,
    trackedOrigins: new Set([OWN_CHANGE]),
    captureTimeout: 0,
  });
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  manager.on("stack-item-added", tell);
  manager.on("stack-item-popped", tell);
  manager.on("stack-cleared", tell);

  let lastGesture = "";
  const forgetGesture = (): void => void (lastGesture = "");
  manager.on("stack-item-added", forgetGesture);

  return {
    undo: () => void manager.undo(),
    redo: () => void manager.redo(),
    canUndo: () => manager.canUndo(),
    canRedo: () => manager.canRedo(),
    join(gesture, edit) {
      manager.captureTimeout = gesture === lastGesture ? JOIN_MS : 0;
      edit();
      manager.captureTimeout = 0;
      lastGesture = gesture;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    destroy: () => manager.destroy(),
  };
}
