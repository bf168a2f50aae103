import { expect, it } from "vitest";

import {
  advance,
  foundIn,
  isOutdated,
  shownRun,
  type ScoreState,
  started,
  strongestAndWeakest,
  type Coverage,
  type StepScore,
} from "./scoring";

const result: StepScore = { score: 50, confidence: 0.5, status: "in_play", criteria: [] };
const progress = (run: string, step: string, done: number, reused = false) =>
  ({ type: "score.progress", run, done, total: 9, step, result, reused }) as const;

it("gathers the steps of a run as they come, and which of them were reused", () => {
  const queued = advance(null, { type: "score.queued", run: "r1" });
  const first = advance(queued, progress("r1", "metrics", 1, true));
  const second = advance(first, progress("r1", "data", 2));

  expect(second).toEqual({
    run: "r1",
    done: 2,
    total: 9,
    steps: { metrics: result, data: result },
    reused: ["metrics"],
  });
});

it("starts afresh with another run", () => {
  const old = advance(null, progress("r1", "metrics", 1, true));

  const now = advance(old, progress("r2", "data", 1));

  expect(now?.steps).toEqual({ data: result });
  expect(now?.reused).toEqual([]);
});

it("is over when its own run is over", () => {
  const running = advance(null, progress("r2", "data", 1));

  expect(advance(running, { type: "score.done", run: "r1" })).toBe(running);
  expect(advance(running, { type: "score.failed", run: "r2", reason: "" })).toBeNull();
  expect(advance(running, { type: "score.cancelled", run: "r2" })).toBeNull();
});

const coverage = (seq: number): Coverage => ({ seq, channels: ["lexical"], steps: {} });

it("goes on while the words are read live", () => {
  const running = started("r1");

  expect(advance(running, { type: "score.coverage", ...coverage(3) })).toBe(running);
});

const state = (seq: number): ScoreState => ({
  run: {
    id: "r1",
    status: "done",
    seq: 7,
    done: 9,
    total: 9,
    reason: "",
    result: null,
    finished_at: null,
  },
  seq,
  rubric: { id: "r", version: "1", steps: [], bands: [] },
});

it("is outdated once the design has gone on", () => {
  expect(isOutdated(state(7), null)).toBe(false);
  expect(isOutdated(state(8), null)).toBe(true);
  expect(isOutdated(state(7), coverage(9))).toBe(true);
  expect(isOutdated({ ...state(9), run: null }, null)).toBe(false);
});

it("keeps showing the last result when a later run failed or was cancelled", () => {
  const { run: done, ...rest } = state(7);
  if (done === null) throw new Error("The state has no run.");
  const failed: ScoreState = {
    ...rest,
    run: { ...done, id: "r2", status: "failed" },
    scored: done,
  };

  expect(shownRun(state(7))?.id).toBe("r1");
  expect(shownRun(failed)).toBe(done);
  expect(shownRun({ ...failed, scored: null })).toBeNull();
  expect(isOutdated({ ...failed, seq: 8 }, null)).toBe(true);
});

it("counts a criterion as found from the second level on", () => {
  const levels = { a: null, b: 1, c: 2, d: 4 };

  expect(foundIn({ score: 40, levels })).toEqual({ found: 2, of: 4 });
  expect(foundIn(undefined)).toEqual({ found: 0, of: 0 });
});

const scored = (scores: Record<string, number | null>) => ({
  steps: Object.fromEntries(
    Object.entries(scores).map(([id, score]) => [id, { ...result, score }]),
  ),
});
const steps = ["a", "b", "c", "d"].map((id) => ({ id }));

it.each([
  [{ a: 40, b: 80, c: 0, d: 20 }, ["b", "d"]],
  [{ a: 40, b: null }, ["a"]],
  [{ a: 40, b: 40 }, ["a"]],
  [{ a: 0, b: null }, []],
])("finds the steps that stand best and worst in %j", (scores, ids) => {
  const found = strongestAndWeakest(scored(scores), steps);

  expect(found.map((step) => step?.id)).toEqual(ids);
});
