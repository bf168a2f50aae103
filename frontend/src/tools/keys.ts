/** The keys of the board: one table, which the handler and the shortcut sheet both read. */

export type Command =
  | `tool.${"select" | "hand" | "component" | "connect" | "group" | "pen" | "eraser" | "text" | "sticky"}`
  | "tool.keep"
  | "edit.undo"
  | "edit.redo"
  | "edit.duplicate"
  | "edit.group"
  | "edit.ungroup"
  | "edit.delete"
  | "edit.text"
  | "edit.all"
  | "edit.pin"
  | "edit.front"
  | "edit.tidy"
  | "edit.escape"
  | `nudge.${Direction}`
  | `nudge-far.${Direction}`
  | `walk.${Direction}`
  | `grow.${Direction}`
  | "item.next"
  | "item.previous"
  | "view.in"
  | "view.out"
  | "view.fit"
  | "view.selection"
  | "view.actual"
  | "view.outline";

export type Direction = "left" | "right" | "up" | "down";

export interface Binding {
  readonly command: Command;
  /** Each is "Ctrl+Shift+Z" and the like; Ctrl also stands for the Command key. */
  readonly keys: readonly string[];
  /** As the sheet shows it; bindings without one belong to the line before. */
  readonly name?: string;
  readonly section: "Tools" | "Edit" | "View";
  /** Also for those who may only look. */
  readonly looks?: boolean;
}

const DIRECTIONS: readonly (readonly [Direction, string])[] = [
  ["left", "ArrowLeft"],
  ["right", "ArrowRight"],
  ["up", "ArrowUp"],
  ["down", "ArrowDown"],
];

/** The same command for all four arrow keys; the first one carries the name. */
function arrows(
  kind: "nudge" | "nudge-far" | "walk" | "grow",
  modifier: string,
  name: string,
  looks = false,
): Binding[] {
  return DIRECTIONS.map(([direction, key], index) => ({
    command: `${kind}.${direction}`,
    keys: [modifier + key],
    section: "Edit",
    looks,
    ...(index === 0 ? { name } : {}),
  }));
}

export const BINDINGS: readonly Binding[] = [
  { command: "tool.select", keys: ["V", "1"], name: "Select", section: "Tools", looks: true },
  { command: "tool.hand", keys: ["H"], name: "Hand", section: "Tools", looks: true },
  { command: "tool.component", keys: ["/", "I"], name: "Component", section: "Tools" },
  { command: "tool.connect", keys: ["A"], name: "Connect", section: "Tools" },
  { command: "tool.group", keys: ["F"], name: "Group", section: "Tools" },
  { command: "tool.pen", keys: ["P", "X"], name: "Pen", section: "Tools" },
  { command: "tool.eraser", keys: ["E", "0"], name: "Eraser", section: "Tools" },
  { command: "tool.text", keys: ["T"], name: "Text", section: "Tools" },
  { command: "tool.sticky", keys: ["N", "S"], name: "Sticky", section: "Tools" },
  { command: "tool.keep", keys: ["Q"], name: "Keep the tool", section: "Tools" },

  { command: "edit.undo", keys: ["Ctrl+Z"], name: "Undo", section: "Edit" },
  { command: "edit.redo", keys: ["Ctrl+Shift+Z", "Ctrl+Y"], name: "Redo", section: "Edit" },
  { command: "edit.duplicate", keys: ["Ctrl+D"], name: "Duplicate", section: "Edit" },
  { command: "edit.group", keys: ["Ctrl+G"], name: "Group", section: "Edit" },
  { command: "edit.ungroup", keys: ["Ctrl+Shift+G"], name: "Ungroup", section: "Edit" },
  { command: "edit.delete", keys: ["Delete", "Backspace"], name: "Delete", section: "Edit" },
  { command: "edit.text", keys: ["Enter", "F2"], name: "Edit text", section: "Edit" },
  { command: "edit.all", keys: ["Ctrl+A"], name: "Select all", section: "Edit", looks: true },
  { command: "edit.pin", keys: ["Ctrl+Shift+L"], name: "Pin for Tidy", section: "Edit" },
  { command: "edit.front", keys: ["]", "Ctrl+]"], name: "Bring to front", section: "Edit" },
  { command: "edit.tidy", keys: ["Alt+T"], name: "Tidy", section: "Edit" },
  { command: "edit.escape", keys: ["Escape"], name: "Finish", section: "Edit", looks: true },
  ...arrows("nudge", "", "Nudge"),
  ...arrows("nudge-far", "Shift+", "Nudge by 10"),
  ...arrows("walk", "Alt+", "Walk along a connection", true),
  ...arrows("grow", "Ctrl+", "Add and connect"),
  { command: "item.next", keys: ["Tab"], name: "Next item", section: "Edit", looks: true },
  { command: "item.previous", keys: ["Shift+Tab"], section: "Edit", looks: true },

  { command: "view.in", keys: ["Ctrl+=", "Ctrl++"], name: "Zoom in", section: "View", looks: true },
  { command: "view.out", keys: ["Ctrl+-"], name: "Zoom out", section: "View", looks: true },
  { command: "view.fit", keys: ["Shift+1"], name: "Zoom to fit", section: "View", looks: true },
  {
    command: "view.selection",
    keys: ["Shift+2"],
    name: "Zoom to selection",
    section: "View",
    looks: true,
  },
  {
    command: "view.actual",
    keys: ["Ctrl+0", "Shift+0"],
    name: "100 %",
    section: "View",
    looks: true,
  },
  { command: "view.outline", keys: ["O"], name: "Outline", section: "View", looks: true },
];

/** The fields of a KeyboardEvent that matter here. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export function commandFor(press: KeyPress, readOnly: boolean): Command | null {
  const names = namesOf(press);
  const binding = BINDINGS.find(({ keys }) => keys.some((key) => names.includes(key)));
  return binding && (!readOnly || binding.looks) ? binding.command : null;
}

/** What the sheet and the tooltips print. */
export function keyOf(command: Command): string {
  return BINDINGS.find((binding) => binding.command === command)?.keys[0] ?? "";
}

/** A press has up to two names: by what it types, and for digits by the key, since Shift+1 types "!". */
function namesOf(press: KeyPress): string[] {
  const { key, code } = press;
  const [digit] = /\d$/.exec(/^(Digit|Numpad)\d$/.test(code) ? code : "") ?? [];
  const typed = key.length === 1 ? key.toUpperCase() : key;
  // A character that needs Shift on some keyboards ("/") counts as typed; letters name their Shift.
  const withShift = press.shiftKey && !(typed.length === 1 && !/[A-Z\d]/.test(typed));
  const names = [prefix(press, withShift) + typed];
  return digit ? [...names, prefix(press, press.shiftKey) + digit] : names;
}

function prefix(press: KeyPress, withShift: boolean): string {
  const control = press.ctrlKey || press.metaKey ? "Ctrl+" : "";
  return control + (press.altKey ? "Alt+" : "") + (withShift ? "Shift+" : "");
}
