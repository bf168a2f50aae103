/** The keys of the workspace: one table, which the handler and the shortcut sheet both read. */

import { BINDINGS } from "../board";

export type WorkspaceCommand =
  | "view.board"
  | "view.split"
  | "view.notes"
  | "panel.toggle"
  | "commands"
  | "shortcuts"
  | PlayCommand
  | `step.${number}`;

/** Those of an interview: the clock, and the step one is on. */
export type PlayCommand = "play.clock" | "play.work" | "play.dive" | "play.skip";

export interface SheetLine {
  readonly name: string;
  /** Alternatives, each as a list of keys pressed together. */
  readonly keys: readonly (readonly string[])[];
}

export interface SheetSection {
  readonly title: string;
  readonly lines: readonly SheetLine[];
}

const WORKSPACE_LINES: readonly SheetLine[] = [
  { name: "Board only", keys: [["Shift", "B"]] },
  { name: "Board and notes", keys: [["Shift", "S"]] },
  { name: "Notes only", keys: [["Shift", "N"]] },
  { name: "Hide the panel", keys: [["Ctrl", "\\"]] },
  { name: "Go to a step", keys: [["Alt", "1…9"]] },
  { name: "Start, pause, resume the clock", keys: [["Alt", "Shift", "P"]] },
  { name: "Work on this step", keys: [["Alt", "Shift", "W"]] },
  { name: "Deep dive", keys: [["Alt", "Shift", "D"]] },
  { name: "Skip this step", keys: [["Alt", "Shift", "K"]] },
  { name: "Commands", keys: [["Ctrl", "K"]] },
  { name: "Shortcuts", keys: [["?"]] },
];

const NOTES_LINES: readonly SheetLine[] = [
  { name: "Bold", keys: [["Ctrl", "B"]] },
  { name: "Italic", keys: [["Ctrl", "I"]] },
  { name: "Code", keys: [["Ctrl", "E"]] },
  { name: "Undo own change", keys: [["Ctrl", "Z"]] },
];

const CARD_LINES: readonly SheetLine[] = [
  { name: "Next or previous item", keys: [["Arrows"], ["J"], ["K"]] },
  { name: "Set a level", keys: [["1…4"]] },
  { name: "Not enough evidence", keys: [["N"]] },
  { name: "Does not apply", keys: [["A"]] },
  { name: "Reason, and back", keys: [["R"], ["Esc"]] },
  { name: "Confidence", keys: [["C"]] },
  { name: "Probed", keys: [["Q"]] },
  { name: "Take the selection as evidence", keys: [["E"], ["Alt", "E"]] },
  { name: "Open the criteria", keys: [["Enter"]] },
  { name: "Submit the card", keys: [["Ctrl", "Enter"]] },
  { name: "Pin in private notes", keys: [["P"], ["Alt", "P"]] },
  { name: "Follow a pin", keys: [["Alt", "Enter"]] },
];

/** mayRate: whose sheet has the keys of a score card too. They act on the card while it has the focus. */
export function sheetSections(mayRate = false): readonly SheetSection[] {
  const board = (["Tools", "Edit", "View"] as const).map((title) => ({
    title,
    lines: BINDINGS.filter((one) => one.section === title && one.name !== undefined).map(
      ({ name = "", keys }) => ({ name, keys: keys.map(split) }),
    ),
  }));
  return [
    ...board,
    { title: "Session", lines: WORKSPACE_LINES },
    { title: "Notes", lines: NOTES_LINES },
    ...(mayRate ? [{ title: "Score card", lines: CARD_LINES }] : []),
  ];
}

/** "Ctrl+Shift+Z" in its keys; the plus key itself ends in "++". */
function split(keys: string): readonly string[] {
  const parts = keys.split(/\+(?!$)/);
  return parts.map((key) => key.replace(/^Arrow.*/, "Arrows"));
}

/** Null for a press that is not the workspace's. Single letters are off while somebody types. */
export function commandOf(event: KeyboardEvent, isTyping: boolean): WorkspaceCommand | null {
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && !event.shiftKey) {
    if (event.key.toLowerCase() === "k") return "commands";
    if (event.key === "\\") return "panel.toggle";
  }
  // The digit by its key: with Alt, some keyboards type another character.
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (event.altKey && !control && digit) return `step.${Number(digit)}`;
  // Also by the key: on a Mac, Alt makes other letters of them.
  if (event.altKey && event.shiftKey && !control) return PLAY_KEYS[event.code] ?? null;
  if (isTyping || control || event.altKey) return null;
  return SINGLE_KEYS[event.key] ?? null;
}

const PLAY_KEYS: Readonly<Record<string, PlayCommand>> = {
  KeyP: "play.clock",
  KeyW: "play.work",
  KeyD: "play.dive",
  KeyK: "play.skip",
};

/** As typed: capitals come with Shift. */
const SINGLE_KEYS: Readonly<Record<string, WorkspaceCommand>> = {
  "?": "shortcuts",
  B: "view.board",
  S: "view.split",
  N: "view.notes",
};
