import { describe, expect, it } from "vitest";

import {
  differenceWords,
  isFarApart,
  type Item,
  missingIn,
  nextConfidence,
  progressOf,
  progressWords,
  type Rating,
  shownItems,
  UNRATED,
  withEvidence,
  withLevel,
  withState,
} from "./cards";

const item = (id: string, kind: Item["kind"], weight: number, parent: string | null): Item => ({
  id,
  kind,
  name: id,
  weight,
  anchors: [],
  number: null,
  parent,
});

const ITEMS = [
  item("data", "step", 13, null),
  item("da.labels", "criterion", 3, "data"),
  item("scale", "step", 9, null),
  item("xc.depth", "cross", 3, null),
  item("xc.pace", "cross", 1, null),
];
const NO_VERDICT = { verdict: "", verdict_reason: "" } as const;
const rated = (reason: string): Rating => ({ ...withLevel(UNRATED, 3), reason });

describe("what is missing", () => {
  it("is every step that was played, the heavy cross item and the verdict", () => {
    const missing = missingIn(ITEMS, { scale: "skipped_by_interviewer" }, {}, NO_VERDICT);

    expect(missing.map((one) => one.item)).toEqual(["data", "xc.depth", "verdict"]);
  });

  it("is answered for a step by one of its criteria", () => {
    const ratings = { "da.labels": rated("exact rule"), scale: withState(UNRATED, "NE") };

    expect(progressOf(ITEMS, {}, ratings)).toEqual({ rated: 2, of: 3, reasonsMissing: 0 });
  });

  it("is a reason for each level, and none for a state", () => {
    const ratings = { data: rated(" "), scale: withState(UNRATED, "NA") };

    expect(progressWords(progressOf(ITEMS, {}, ratings))).toBe("2 of 3 rated, 1 reason missing");
  });
});

it("shows criteria below open steps alone", () => {
  const ids = (open: readonly string[]): readonly string[] =>
    shownItems(ITEMS, new Set(open)).map(({ id }) => id);

  expect(ids([])).toEqual(["data", "scale", "xc.depth", "xc.pace"]);
  expect(ids(["data"])).toContain("da.labels");
});

it("takes the same words as evidence once", () => {
  const words = { step: "data", start: 0, end: 4, quote: "Goal" };
  const evidence = { kind: "note", pointer: words, clock_s: 5 } as const;

  const once = withEvidence(UNRATED, evidence);

  expect(withEvidence(once, { ...evidence, clock_s: 9 })).toBe(once);
});

it("goes through the confidences and back to none", () => {
  expect(
    ["", "low", "mid", "high"].map((one) => nextConfidence(one as Rating["confidence"])),
  ).toEqual(["low", "mid", "high", ""]);
});

it.each([
  [3, 4, "Machine one above you", false],
  [3, 1, "Machine two below you", true],
  [3, 3, "", false],
  [null, 4, "", false],
])("puts %j beside %j as %j", (own, other, words, isFar) => {
  const [mine, theirs] = [own, other].map((level) => ({ level, state: "" }) as const);

  expect(differenceWords("Machine", mine ?? UNRATED, theirs ?? UNRATED)).toBe(words);
  expect(isFarApart(mine ?? UNRATED, theirs ?? UNRATED)).toBe(isFar);
});
