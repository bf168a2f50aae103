import { expect, it } from "vitest";

import { type JudgedCriterion, type Judgement, judgementWords, secondReading } from "./judging";

const criterion: JudgedCriterion = { id: "me.offline", level: 3, engine_level: 2, flagged: false };
const judgement: Judgement = {
  run: "r1",
  status: "done",
  reason: "",
  model: "m",
  host: "h",
  done: 9,
  total: 9,
  flagged: 0,
  steps: {},
};

it.each([
  [undefined, ""],
  [criterion, "Second reading: level 3."],
  [{ ...criterion, level: null }, "Second reading: no evidence."],
  [
    { ...criterion, level: 4, flagged: true },
    "Second reading: level 4. They differ; read the lines yourself.",
  ],
])("tells a second reading %#", (judged, words) => {
  expect(secondReading(judged)).toBe(words);
});

it.each([
  [{ status: "running", done: 2 } as const, "Reading step 2 of 9."],
  [{ status: "failed", reason: "It is busy." } as const, "The second reading stopped. It is busy."],
  [{}, "The second reading is nowhere more than one level away."],
  [
    { flagged: 2 },
    "The second reading is more than one level away in 2 criteria, which are marked.",
  ],
])("tells how a judgement stands %#", (change, words) => {
  expect(judgementWords({ ...judgement, ...change })).toBe(words);
});
