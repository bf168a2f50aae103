/** What can be done in the workspace: one list, for the menu and for the command palette. */

import type { Catalogue } from "../document/catalogue";
import type { BoardDocument } from "../document/open";
import { readAll } from "../document/read";
import type { MenuItem, MenuSection } from "../ui/Menu";
import type { Theme } from "../ui/theme";

import type { Action, FlowStep } from "./bootstrap";
import type { PaletteCommand } from "./CommandPalette";
import { download } from "./download";
import type { PanelTab, ViewMode } from "./views";

export interface Doing {
  readonly can: ReadonlySet<Action>;
  readonly isEnded: boolean;
  readonly documentUrl: string;
  /** Null but for the candidate of an interview. */
  readonly myData: (() => void) | null;
  /** Null for an interview, which nobody copies. */
  readonly copy: (() => void) | null;
  readonly isInterview: boolean;
  /** To another page of the same session. */
  readonly leaveFor: (page: "lobby" | "debrief" | "replay") => void;
  readonly theme: Theme;
  readonly tidy: () => void;
  readonly setMode: (mode: ViewMode) => void;
  readonly openTab: (tab: PanelTab) => void;
  readonly open: (overlay: "share" | "shortcuts" | "rename" | "flow" | "end" | "versions") => void;
  readonly toggleTheme: () => void;
  readonly zoomToFit: () => void;
  readonly openPalette: () => void;
}

export interface DoCommand extends PaletteCommand {
  /** The part of the menu it stands in; commands without one are in the palette only. */
  readonly menu?: "session" | "view" | "end";
  readonly danger?: boolean;
  readonly needs?: Action;
  readonly isOver?: boolean;
}

export function stepCommands(
  steps: readonly FlowStep[],
  go: (step: string) => void,
): readonly PaletteCommand[] {
  return steps.map((step) => ({
    id: step.id,
    section: "Go to",
    label: `Step ${step.number}, ${step.name}`,
    icon: "arrow-r",
    shortcut: `Alt+${step.number}`,
    run: () => go(step.id),
  }));
}

/** Those that the person may use now. */
export function doCommands(doing: Doing): readonly DoCommand[] {
  const { can } = doing;
  return allCommands(doing).filter(
    ({ needs, isOver = false }) => !isOver && (needs === undefined || can.has(needs)),
  );
}

function allCommands(doing: Doing): readonly DoCommand[] {
  const command = (
    id: string,
    label: string,
    icon: string,
    run: () => void,
    more: Partial<DoCommand> = {},
  ): DoCommand => ({ id, section: "Do", label, icon, run, ...more });
  const otherTheme = doing.theme === "dark" ? "Light theme" : "Dark theme";
  const themeIcon = doing.theme === "dark" ? "sun" : "moon";
  return [
    command("insert", "Insert a component", "component", doing.openPalette, {
      shortcut: "/",
      needs: "edit",
    }),
    command("tidy", "Tidy the board", "tidy", doing.tidy, { shortcut: "Alt+T", needs: "edit" }),
    command("fit", "Zoom to fit", "fit", doing.zoomToFit, { shortcut: "Shift+1" }),
    command("notes", "Open the notes", "note", () => doing.openTab("notes")),
    command("guide", "Open the guide", "guide", () => doing.openTab("guide")),
    command("diagram", "Open the diagram", "map", () => doing.openTab("diagram")),
    command("score", "Open the score", "bars", () => doing.openTab("score"), {
      needs: "read_scores",
    }),
    command("private", "Open the private notes", "lock", () => doing.openTab("private"), {
      needs: "read_private",
    }),
    command("only-board", "Board only", "graph", () => doing.setMode("board"), {
      shortcut: "Shift+B",
    }),
    command("split", "Board and notes", "panel", () => doing.setMode("split"), {
      shortcut: "Shift+S",
    }),
    command("only-notes", "Notes only", "note", () => doing.setMode("notes"), {
      shortcut: "Shift+N",
    }),
    command("share", "Share the session", "share", () => doing.open("share"), {
      menu: "session",
      needs: "manage_links",
    }),
    command("rename", "Rename the session", "pen", () => doing.open("rename"), {
      menu: "session",
      needs: "manage_session",
    }),
    command("flow", "Switch the flow", "fork", () => doing.open("flow"), {
      menu: "session",
      needs: "switch_flow",
    }),
    command("lobby", "Lobby", "eye-off", () => doing.leaveFor("lobby"), {
      menu: "session",
      needs: "run_interview",
      isOver: !doing.isInterview || doing.isEnded,
    }),
    command("debrief", "Debrief", "grid", () => doing.leaveFor("debrief"), {
      menu: "session",
      needs: "read_panel",
      isOver: !doing.isInterview,
    }),
    command("replay", "Replay", "history", () => doing.leaveFor("replay"), {
      menu: "session",
      needs: "replay",
    }),
    command("versions", "Versions", "clock", () => doing.open("versions"), {
      menu: "session",
      needs: "read_history",
    }),
    command("copy", "Make a copy", "copy", () => doing.copy?.(), {
      menu: "session",
      needs: "copy",
      isOver: doing.copy === null,
    }),
    command("export", "Export as a file", "download", () => download(doing.documentUrl), {
      menu: "session",
      needs: "export",
    }),
    command("my-data", "What is kept about me", "lock", () => doing.myData?.(), {
      menu: "session",
      isOver: doing.myData === null,
    }),
    command("theme", otherTheme, themeIcon, doing.toggleTheme, { menu: "view" }),
    command("shortcuts", "Shortcuts", "keyboard", () => doing.open("shortcuts"), {
      menu: "view",
      shortcut: "?",
    }),
    command("end", "End the session", "flag", () => doing.open("end"), {
      menu: "end",
      needs: "end_session",
      danger: true,
      isOver: doing.isEnded,
    }),
  ];
}

export function boardCommands(
  board: BoardDocument,
  catalogue: Catalogue,
  show: (id: string) => void,
): readonly PaletteCommand[] {
  return readAll(board, "components").map(({ id, name, type }) => ({
    id,
    section: "On the board",
    label: name,
    icon: catalogue.components.find((one) => one.id === type)?.icon ?? "component",
    run: () => show(id),
  }));
}

/** The menu shows the commands that have no button of their own. */
export function menuOf(commands: readonly DoCommand[]): readonly MenuSection[] {
  const sections = new Map<string, MenuItem[]>();
  for (const { menu, label, icon, shortcut, danger = false, run } of commands) {
    if (menu === undefined) continue;
    const item = { label, icon, danger, run, ...(shortcut === undefined ? {} : { shortcut }) };
    sections.set(menu, [...(sections.get(menu) ?? []), item]);
  }
  return [...sections.values()].map((items) => ({ items }));
}
