/** What the replay says: times, and what somebody did. */

import type { FlowStep } from "../workspace/bootstrap";

import type { Deed, Root } from "./deeds";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 4:05, 1:02:03, 2 d 1:02:03 */
export function clock(ms: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const [days, hours, minutes, seconds] = parts(ms);
  if (days) return `${days} d ${hours}:${two(minutes)}:${two(seconds)}`;
  if (hours) return `${hours}:${two(minutes)}:${two(seconds)}`;
  return `${minutes}:${two(seconds)}`;
}

/** As it is read out: "1 hour 2 minutes 3 seconds". */
export function spoken(ms: number): string {
  const units = ["day", "hour", "minute", "second"];
  const said = parts(ms).flatMap((value, i) =>
    value ? [`${value} ${units[i]}${value === 1 ? "" : "s"}`] : [],
  );
  return said.join(" ") || "0 seconds";
}

function parts(ms: number): [number, number, number, number] {
  return [
    Math.floor(ms / DAY),
    Math.floor((ms % DAY) / HOUR),
    Math.floor((ms % HOUR) / MINUTE),
    Math.floor((ms % MINUTE) / SECOND),
  ];
}

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });

export const wallTime = (at: number): string => TIME.format(at);

/** "23 November, 10:01 to 10:46" */
export function period(from: number, to: number): string {
  const [first, last] = [DATE.format(from), DATE.format(to)];
  if (first === last) return `${first}, ${TIME.format(from)} to ${TIME.format(to)}`;
  return `${first}, ${TIME.format(from)} to ${last}, ${TIME.format(to)}`;
}

const NOUNS: Readonly<Record<Root, readonly [one: string, many: string]>> = {
  components: ["a component", "components"],
  connections: ["a connection", "connections"],
  groups: ["a group", "groups"],
  stickies: ["a sticky", "stickies"],
  strokes: ["a stroke", "strokes"],
  texts: ["a text", "texts"],
  notes: ["notes", "notes"],
  steps: ["a step", "steps"],
};

const VERBS: Readonly<Record<Deed["verb"], string>> = {
  begin: "Began",
  add: "Added",
  connect: "Connected",
  remove: "Removed",
  rename: "Renamed",
  move: "Moved",
  change: "Changed",
  write: "Wrote in",
  erase: "Deleted in",
  step: "Set the state of",
  nothing: "Changed",
};

/** In two parts, so that the second can be set in bold: "Moved", "Ranker". */
export function wordsOf(deed: Deed, steps: readonly FlowStep[]): readonly [string, string] {
  const { verb, root, count, label, step } = deed;
  if (verb === "begin") return ["Began", "the session"];
  if (root === null) return ["Changed", "nothing to be seen"];
  if (step !== null)
    return [VERBS[verb], `${root === "notes" ? "notes" : "step"} ${numberOf(step, steps)}`];
  if (root === "strokes" && verb === "add")
    return ["Drew", count > 1 ? `${count} strokes` : "a stroke"];
  if (verb === "rename" && root === "connections") return ["Labelled", label || "a connection"];
  if (verb === "rename" && root !== "components" && root !== "groups")
    return ["Wrote on", NOUNS[root][0]];
  const [one, many] = NOUNS[root];
  if (count > 1) return [VERBS[verb], `${count} ${many}`];
  const isQuotable = root === "components" || root === "groups" || root === "connections";
  return [VERBS[verb], (isQuotable && label) || one];
}

export function sentenceOf(deed: Deed, steps: readonly FlowStep[]): string {
  return wordsOf(deed, steps).join(" ");
}

function numberOf(id: string, steps: readonly FlowStep[]): string {
  return String(steps.find((step) => step.id === id)?.number ?? id);
}
