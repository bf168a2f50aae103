/** What the workspace can show, and the words and keys for it. */

export type ViewMode = "board" | "split" | "notes";

export const VIEW_MODES: readonly {
  readonly id: ViewMode;
  readonly icon: string;
  readonly label: string;
  readonly shortcut: string;
}[] = [
  { id: "board", icon: "graph", label: "Board only", shortcut: "Shift+B" },
  { id: "split", icon: "panel", label: "Board and notes", shortcut: "Shift+S" },
  { id: "notes", icon: "note", label: "Notes only", shortcut: "Shift+N" },
];

export type PanelTab = "notes" | "guide" | "diagram" | "score" | "private" | "model";

export const OPEN_TABS: readonly { readonly id: PanelTab; readonly label: string }[] = [
  { id: "notes", label: "Notes" },
  { id: "guide", label: "Guide" },
  { id: "diagram", label: "Diagram" },
];

/** A narrow screen shows one of these at a time. */
export type NarrowView = "board" | "panel" | "steps";

/** As in workspace.css. */
export const NARROW = "(max-width: 720px)";
