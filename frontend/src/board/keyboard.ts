/** What a key does on the board. `tools/keys.ts` says which key is which command. */

import { commandFor, type Command, type Direction } from "../tools/keys";
import { merge } from "../tools/store";

import {
  bringSelectedToFront,
  chooseTool,
  deleteSelected,
  duplicateSelected,
  editSelected,
  groupSelected,
  nudgeSelected,
  togglePinned,
  ungroupSelected,
} from "./actions";
import { select, selectAll, selectedEnd, selectedItems, selectionOf } from "./selection";
import type { Session, Tool } from "./session";
import { stepItem, walk } from "./walking";
import { zoomBy, zoomTo, zoomToFit, zoomToSelection } from "./zooming";

/** Board px. */
const NUDGE = 1;
const NUDGE_FAR = 10;

/** Returns whether the press was for the board, and so has nothing else to do. */
export function press(
  session: Session,
  event: KeyboardEvent,
  tidy: (() => void) | undefined,
): boolean {
  if (isTyping(event.target)) return false;
  const command = commandFor(event, session.isReadOnly);
  if (!command || isForAnotherControl(event, session)) return false;
  return run(session, command, tidy);
}

export function run(session: Session, command: Command, tidy?: () => void): boolean {
  const [group, name = ""] = command.split(".");
  const direction = name as Direction; // Only read by the commands whose names are directions.
  switch (group) {
    case "tool":
      return runTool(session, name);
    case "nudge":
      return nudge(session, direction, NUDGE);
    case "nudge-far":
      return nudge(session, direction, NUDGE_FAR);
    case "walk":
      walk(session, direction);
      return true;
    case "grow":
      return grow(session);
    case "item":
      return stepItem(session, name === "next" ? 1 : -1);
    case "view":
      return runView(session, name);
    default:
      return runEdit(session, command, tidy);
  }
}

function runTool(session: Session, name: string): boolean {
  if (name === "component") merge(session.ui, { palette: { at: null, from: null } });
  else if (name === "keep") toggleKeepTool(session);
  else if (name === "connect" && selectedEnd(session))
    merge(session.ui, { picking: selectedEnd(session) });
  else chooseTool(session, name as Tool); // The table of keys holds no other names.
  return true;
}

function toggleKeepTool(session: Session): void {
  const keepTool = !session.ui.get().keepTool;
  merge(session.ui, { keepTool });
  session.announce(keepTool ? "The tool stays chosen" : "Back to Select after each use");
}

function nudge(session: Session, direction: Direction, distance: number): boolean {
  nudgeSelected(session, direction, distance);
  return selectedItems(session).length > 0;
}

function grow(session: Session): boolean {
  const from = selectedEnd(session);
  if (from) merge(session.ui, { palette: { at: null, from } });
  return from !== null;
}

function runView(session: Session, name: string): boolean {
  const views: Record<string, () => void> = {
    in: () => zoomBy(session, 1.2),
    out: () => zoomBy(session, 1 / 1.2),
    fit: () => zoomToFit(session),
    selection: () => zoomToSelection(session),
    actual: () => zoomTo(session, 1),
    outline: () => merge(session.ui, { isOutlineOpen: !session.ui.get().isOutlineOpen }),
  };
  views[name]?.();
  return true;
}

function runEdit(session: Session, command: Command, tidy?: () => void): boolean {
  const edits: Partial<Record<Command, () => void>> = {
    "edit.undo": () => session.undo.undo(),
    "edit.redo": () => session.undo.redo(),
    "edit.duplicate": () => duplicateSelected(session),
    "edit.group": () => groupSelected(session),
    "edit.ungroup": () => ungroupSelected(session),
    "edit.all": () => selectAll(session),
    "edit.pin": () => togglePinned(session),
    "edit.front": () => bringSelectedToFront(session),
    "edit.tidy": () => tidy?.(),
    "edit.escape": () => stepOut(session),
    "edit.delete": () => deleteSelected(session),
    "edit.text": () => editSelected(session),
  };
  const needsSelection = command === "edit.delete" || command === "edit.text";
  if (needsSelection && !selectionOf(session).length) return false;
  edits[command]?.();
  // The next key may follow before the next frame and must find what this one did.
  session.view.flush();
  return true;
}

/** Esc closes the nearest thing: what is being drawn, the tool, then the selection. */
function stepOut(session: Session): void {
  const { connecting, tool, asking, picking, menu, isOutlineOpen } = session.ui.get();
  if (asking ?? picking ?? menu) merge(session.ui, { asking: null, picking: null, menu: null });
  else if (connecting.type !== "idle") merge(session.ui, { connecting: { type: "idle" } });
  else if (tool !== "select") chooseTool(session, "select");
  else if (selectionOf(session).length) select(session, []);
  else if (isOutlineOpen) merge(session.ui, { isOutlineOpen: false });
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select") !== null;
}

/** Enter, Tab, arrows and Esc belong to whatever has the focus; the rest also works from buttons. */
function isForAnotherControl(event: KeyboardEvent, session: Session): boolean {
  const { target } = event;
  // An open dialog has the keyboard to itself, also while nothing in it has the focus.
  if (document.querySelector("dialog[open]")) return true;
  if (!(target instanceof HTMLElement) || target === document.body) return false;
  if (target.closest("[role=dialog], [role=menu], .cm-editor")) return true;
  const isPlain = event.key.length === 1 && event.key !== " ";
  return (
    target !== session.element &&
    !isPlain &&
    !(event.key === "Escape" && session.element?.contains(target))
  );
}
