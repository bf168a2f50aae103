import { expect, it } from "vitest";

import type { PlayedStep, StepState } from "./types";
import { chipOf, weightWords } from "./words";

const step = (state: StepState, more: Partial<PlayedStep> = {}): PlayedStep => ({
  id: "model",
  state,
  ...more,
});

it.each<[StepState, string]>([
  ["deep_dive", "Counts twice, 26 % of the total"],
  ["skipped_by_interviewer", "Counts nothing, 26 % of the total"],
  ["not_reached", "Counts once if it is reached, 26 % of the total"],
])("says what %s does to the weight", (state, words) => {
  expect(weightWords(step(state, { share: 0.261 }), "default")).toBe(words);
});

it("does not promise double weight where all steps weigh the same", () => {
  expect(weightWords(step("deep_dive", { share: 0.111 }), "equal")).toBe(
    "Counts as any other step, 11 % of the total",
  );
});

it("says nothing of weights to who is not told them", () => {
  expect(weightWords(step("deep_dive"), undefined)).toBe("");
});

it("marks the planned dive until the step is reached", () => {
  const planned = { is_planned_dive: true };

  expect(chipOf(step("not_reached", planned), false)?.label).toBe("Deep dive planned");
  expect(chipOf(step("in_play", planned), false)).toBeNull();
});

it("marks as in play only the step that is worked on", () => {
  expect(chipOf(step("in_play"), true)?.label).toBe("In play");
  expect(chipOf(step("in_play"), false)).toBeNull();
});
