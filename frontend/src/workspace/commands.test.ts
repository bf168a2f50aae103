// @vitest-environment jsdom
import { expect, it, vi } from "vitest";

import { emptyBoard } from "../document/testing";

import type { Action } from "./bootstrap";
import { findCommands } from "./CommandPalette";
import { boardCommands, type Doing, doCommands, menuOf } from "./commands";

const NO_CATALOGUE = { version: "1", categories: [], components: [] };

const doing = (can: readonly Action[], { isEnded = false, isInterview = false } = {}): Doing => ({
  can: new Set(can),
  isEnded,
  documentUrl: "/document",
  myData: null,
  copy: vi.fn(),
  isInterview,
  leaveFor: vi.fn(),
  theme: "light",
  tidy: vi.fn(),
  setMode: vi.fn(),
  openTab: vi.fn(),
  open: vi.fn(),
  toggleTheme: vi.fn(),
  zoomToFit: vi.fn(),
  openPalette: vi.fn(),
});

const labels = (sections: ReturnType<typeof menuOf>) =>
  sections.flatMap((section) => section.items.map((item) => item.label));

it.each<[string, readonly Action[], readonly string[]]>([
  ["a reader", ["view", "replay"], ["Replay", "Dark theme", "Shortcuts"]],
  ["a candidate", ["view", "edit", "export"], ["Export as a file", "Dark theme", "Shortcuts"]],
  [
    "an owner",
    [
      "view",
      "edit",
      "switch_flow",
      "export",
      "replay",
      "manage_links",
      "manage_session",
      "end_session",
    ],
    [
      "Share the session",
      "Rename the session",
      "Switch the flow",
      "Replay",
      "Export as a file",
      "Dark theme",
      "Shortcuts",
      "End the session",
    ],
  ],
])("the menu of %s holds what they may do", (_who, can, expected) => {
  expect(labels(menuOf(doCommands(doing(can))))).toEqual(expected);
});

it("does not offer to end what has ended", () => {
  const over = labels(menuOf(doCommands(doing(["end_session"], { isEnded: true }))));

  expect(over).not.toContain("End the session");
});

it.each([
  [{ isInterview: true }, ["Lobby", "Debrief"]],
  [{ isInterview: true, isEnded: true }, ["Debrief"]],
  [{ isInterview: false }, []],
])("leads interviewers to the other pages of an interview: %j", (state, expected) => {
  const pages = labels(menuOf(doCommands(doing(["run_interview", "read_panel"], state))));

  expect(pages.filter((label) => ["Lobby", "Debrief"].includes(label))).toEqual(expected);
});

it("names the score to those who may read it only", () => {
  const ids = (can: readonly Action[]) => doCommands(doing(can)).map((command) => command.id);

  expect(ids(["read_scores", "read_private"])).toEqual(
    expect.arrayContaining(["score", "private"]),
  );
  expect(ids(["view", "edit"])).not.toContain("score");
  expect(ids(["view", "edit"])).not.toContain("private");
});

it.each([
  ["the", ["Dark theme", "Open the notes"]],
  ["dark", ["Dark theme"]],
  ["no op", ["Open the notes"]],
  ["ark", []],
  ["", ["Dark theme", "Open the notes"]],
])("finds commands by the beginnings of words: %j", (wanted, expected) => {
  const commands = ["Dark theme", "Open the notes"].map((label) => ({
    id: label,
    section: "Do" as const,
    label,
    icon: "moon",
    run: vi.fn(),
  }));

  expect(findCommands(commands, wanted).map((command) => command.label)).toEqual(expected);
});

it("lists nothing of an empty board", () => {
  expect(boardCommands(emptyBoard(), NO_CATALOGUE, vi.fn())).toEqual([]);
});

it("leads the candidate of an interview to what is kept about them", () => {
  const myData = vi.fn();
  const commands = doCommands({ ...doing(["view"]), myData });

  commands.find(({ id }) => id === "my-data")?.run();

  expect(myData).toHaveBeenCalledOnce();
  expect(doCommands(doing(["view"])).map(({ id }) => id)).not.toContain("my-data");
});
