import { expect, it } from "vitest";

import { advance, type StepScore } from "./scoring";

const result: StepScore = { score: 50, confidence: 0.5, status: "in_play", criteria: [] };
const progress = (run: string, step: string, done: number) =>
  ({ type: "score.progress", run, done, total: 9, step, result }) as const;

it("gathers the steps of a run as they come", () => {
  const queued = advance(null, { type: "score.queued", run: "r1" });
  const first = advance(queued, progress("r1", "metrics", 1));
  const second = advance(first, progress("r1", "data", 2));

  expect(second).toEqual({
    run: "r1",
    done: 2,
    total: 9,
    steps: { metrics: result, data: result },
  });
});

it("starts afresh with another run", () => {
  const old = advance(null, progress("r1", "metrics", 1));

  expect(advance(old, progress("r2", "data", 1))?.steps).toEqual({ data: result });
});

it("is over when its own run is over", () => {
  const running = advance(null, progress("r2", "data", 1));

  expect(advance(running, { type: "score.done", run: "r1" })).toBe(running);
  expect(advance(running, { type: "score.failed", run: "r2", reason: "" })).toBeNull();
});
