import { expect, it, vi } from "vitest";

import type { Action, FlowStep } from "../bootstrap";

import { readingOf } from "./clock";
import { runCommands, stepCommandsOf } from "./commands";
import { aPlay } from "./testing";
import type { InterviewPlay, Stage, StepState } from "./types";

const STEP: FlowStep = {
  id: "model",
  number: 6,
  name: "Model",
  short_name: "Model",
  minutes: 7,
  purpose: "",
  prompts: [],
};
const INTERVIEWER = new Set<Action>(["run_interview", "skip_step"]);
const CANDIDATE = new Set<Action>(["skip_step"]);

const run = (play: InterviewPlay, act = vi.fn()) =>
  runCommands({ reading: readingOf(play, 0, 0), act }, () => undefined);

const ofStep = (state: StepState, can: ReadonlySet<Action>, changes: Partial<InterviewPlay> = {}) =>
  stepCommandsOf(aPlay({ steps: [{ id: "model", state }], ...changes }), STEP, can, vi.fn()).map(
    ({ label }) => label,
  );

it.each<[Stage, string | undefined]>([
  ["lobby", "Start the clock"],
  ["running", "Pause the clock"],
  ["paused", "Resume the clock"],
  ["ended", undefined],
])("offers first in %s: %s", (stage, label) => {
  expect(run(aPlay({ stage }))[0]?.label).toBe(label);
});

it("asks the server for what its words say", () => {
  const act = vi.fn();

  for (const command of run(aPlay(), act).slice(0, 3)) command.run();

  expect(act.mock.calls.flat()).toEqual([
    { do: "pause" },
    { do: "extend", seconds: 300 },
    { do: "thinking", seconds: 60 },
  ]);
});

it.each<[StepState, readonly string[]]>([
  ["in_play", ["Work on this step", "Make it a deep dive", "Skip this step"]],
  ["deep_dive", ["Work on this step", "Take the deep dive back", "Skip this step"]],
  ["skipped_by_interviewer", ["Work on this step", "Take the skip back"]],
])("lets interviewers do with a step that is %s: %j", (state, labels) => {
  expect(ofStep(state, INTERVIEWER)).toEqual(labels);
});

it.each<[StepState, readonly string[]]>([
  ["in_play", ["Skip this step"]],
  ["skipped_by_candidate", ["Take the skip back"]],
  ["skipped_by_interviewer", []],
])("lets a candidate do with a step that is %s: %j", (state, labels) => {
  expect(ofStep(state, CANDIDATE)).toEqual(labels);
});

it("does not offer to work on the step that is worked on", () => {
  expect(ofStep("in_play", INTERVIEWER, { step: "model" })).not.toContain("Work on this step");
});

it("leaves the steps of an ended interview as they are", () => {
  expect(ofStep("in_play", INTERVIEWER, { stage: "ended" })).toEqual([]);
});
