import { expect, it } from "vitest";

import { clockWords, elapsedS, plannedWords, readingOf, spentS, thinkingLeftS } from "./clock";
import { aPlay } from "./testing";

const STEP = { id: "goal", state: "in_play", planned_s: 300, spent_s: 60 } as const;

it("counts on from what the server said while the clock runs", () => {
  const reading = readingOf(aPlay({ stage: "running", elapsed_s: 600 }), 1_000, 1_000);

  expect(elapsedS(reading, 1_000)).toBe(600);
  expect(elapsedS(reading, 91_000)).toBe(690);
});

it("stands still in a pause", () => {
  const reading = readingOf(aPlay({ stage: "paused", elapsed_s: 600 }), 1_000, 1_000);

  expect(elapsedS(reading, 91_000)).toBe(600);
});

it("takes an answer to be as old as half of its way", () => {
  const reading = readingOf(aPlay({ stage: "running", elapsed_s: 600 }), 1_000, 5_000);

  expect(elapsedS(reading, 5_000)).toBe(602);
});

it("does not ask the browser what day it is", () => {
  const yesterday = "2026-11-22T10:00:00Z";
  const reading = readingOf(aPlay({ stage: "running", now: yesterday, elapsed_s: 600 }), 0, 0);

  expect(elapsedS(reading, 30_000)).toBe(630);
});

it("counts on the step that is worked on, and no other", () => {
  const other = { ...STEP, id: "model" };
  const play = aPlay({ stage: "running", step: "goal", steps: [STEP, other] });
  const reading = readingOf(play, 0, 0);

  expect([spentS(reading, STEP, 5_000), spentS(reading, other, 5_000)]).toEqual([65, 60]);
});

it("has no times where the server sends none", () => {
  const play = aPlay({ stage: "running", shows_clock: false });
  delete (play as { elapsed_s?: number }).elapsed_s;
  const reading = readingOf(play, 0, 0);

  expect(elapsedS(reading, 5_000)).toBeNull();
  expect(spentS(reading, { id: "goal", state: "in_play" }, 5_000)).toBeNull();
});

it("counts thinking time down to nothing by the server's time", () => {
  const play = aPlay({
    stage: "paused",
    now: "2020-01-01T00:00:00Z",
    thinking_until: "2020-01-01T00:02:00Z",
  });
  const reading = readingOf(play, 10_000, 10_000);

  expect(thinkingLeftS(reading, 40_000)).toBe(90);
  expect(thinkingLeftS(reading, 400_000)).toBe(0);
});

it.each([
  [0, "0:00"],
  [65.9, "1:05"],
  [3723, "1:02:03"],
])("says %d seconds as %s", (seconds, words) => {
  expect(clockWords(seconds)).toBe(words);
});

it.each([
  [300, "5 min"],
  [337.5, "5:38"],
])("says %d planned seconds as %s", (seconds, words) => {
  expect(plannedWords(seconds)).toBe(words);
});
