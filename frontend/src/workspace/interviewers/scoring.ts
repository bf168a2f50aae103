/** What the server says about scores, and how far a running one has come. */

export interface NotesEvidence {
  readonly source: "notes";
  readonly step: string;
  /** Unicode code points. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

export interface BoardEvidence {
  readonly source: "component" | "connection";
  readonly id: string;
  readonly quote: string;
}

export type Evidence = NotesEvidence | BoardEvidence;

/** A line that would have been evidence, and why it is none. */
export interface GuardedLine {
  readonly reason: string;
  readonly step: string;
  /** Unicode code points. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

export interface CriterionScore {
  readonly id: string;
  readonly level: number | null;
  readonly state: "scored" | "NE" | "NA";
  readonly confidence: number;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly string[];
  readonly rules: readonly string[];
  /** Results from before there were guards and doubts have neither. */
  readonly guards?: readonly GuardedLine[];
  /** Not empty: the machine is not sure and says so. */
  readonly doubts?: readonly string[];
}

export interface StepScore {
  readonly score: number | null;
  readonly confidence: number;
  readonly status: string;
  readonly criteria: readonly CriterionScore[];
}

export interface Finding {
  readonly rule: string;
  readonly question: string;
  readonly components: readonly string[];
}

export type Channel = "lexical" | "semantic";

export interface ScoreReply {
  readonly rubric: { readonly id: string; readonly version: string };
  readonly engine: { readonly id: string; readonly version: string };
  /** Results from before there were two have none. */
  readonly channels?: readonly Channel[];
  readonly overall: {
    readonly score: number | null;
    readonly band: string;
    readonly coverage: number;
  };
  readonly steps: Readonly<Record<string, StepScore>>;
  readonly findings: readonly Finding[];
}

export interface ScoreRun {
  readonly id: string;
  readonly status: "queued" | "running" | "done" | "failed" | "cancelled";
  /** Of the design that was read. */
  readonly seq: number;
  readonly done: number;
  readonly total: number;
  readonly reason: string;
  readonly result: ScoreReply | null;
  readonly finished_at: string | null;
}

export interface RubricCriterion {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  readonly question: string;
  /** What levels 1 to 4 mean here. */
  readonly anchors: readonly string[];
  /** How to get on from a level, by level; rubrics without such sentences have none. */
  readonly hint?: Readonly<Record<string, string>>;
}

export interface RubricStep {
  readonly id: string;
  readonly weight: number;
  readonly criteria: readonly RubricCriterion[];
}

export interface RubricSummary {
  readonly id: string;
  readonly version: string;
  readonly steps: readonly RubricStep[];
  readonly bands: readonly { readonly id: string; readonly name: string }[];
}

/** How well the machine agrees with people, as far as that was measured here. */
export interface Validation {
  readonly validated: boolean;
  /** One sentence. */
  readonly text: string;
  /** The page with the figures. */
  readonly url: string;
}

/** As GET designs/<id>/scores/latest answers. */
export interface ScoreState {
  /** The last one asked for; without a result until it is done. */
  readonly run: ScoreRun | null;
  /** The last one with a result, where that is another one. */
  readonly scored?: ScoreRun | null;
  /** Of the design now. */
  readonly seq?: number;
  readonly rubric: RubricSummary;
  readonly validation?: Validation;
}

/** What the machine finds in the words as they stand: no score, a hint while people write. */
export interface Coverage {
  readonly seq: number;
  readonly channels: readonly Channel[];
  readonly steps: Readonly<Record<string, StepCoverage>>;
}

export interface StepCoverage {
  readonly score: number | null;
  readonly levels: Readonly<Record<string, number | null>>;
}

export type ScoreEvent =
  | { readonly type: "score.queued"; readonly run: string }
  | {
      readonly type: "score.progress";
      readonly run: string;
      readonly done: number;
      readonly total: number;
      readonly step: string;
      /** Left out where figures are withheld from some of the interviewers. */
      readonly result?: StepScore;
      /** Nothing that it depends on has changed since an earlier run. */
      readonly reused?: boolean;
    }
  | { readonly type: "score.done"; readonly run: string }
  | { readonly type: "score.failed"; readonly run: string; readonly reason: string }
  | { readonly type: "score.cancelled"; readonly run: string }
  | ({ readonly type: "score.coverage" } & Coverage);

/** The run that is under way; its steps appear one by one. */
export interface Progress {
  readonly run: string;
  readonly done: number;
  readonly total: number;
  readonly steps: Readonly<Record<string, StepScore>>;
  readonly reused: readonly string[];
}

export const started = (run: string, done = 0, total = 0): Progress => ({
  run,
  done,
  total,
  steps: {},
  reused: [],
});

/** Null: nothing is under way. A late message of an earlier run changes nothing. */
export function advance(progress: Progress | null, event: ScoreEvent): Progress | null {
  switch (event.type) {
    case "score.queued":
      return started(event.run);
    case "score.progress": {
      const { run, done, total, step, result } = event;
      const before = progress?.run === run ? progress : started(run);
      return {
        run,
        done,
        total,
        steps: result === undefined ? before.steps : { ...before.steps, [step]: result },
        reused: event.reused === true ? [...before.reused, step] : before.reused,
      };
    }
    case "score.done":
    case "score.failed":
    case "score.cancelled":
      return progress?.run === event.run ? null : progress;
    case "score.coverage":
      return progress;
  }
}

/** The run whose result is shown: a later one that failed or was cancelled takes nothing away. */
export const shownRun = ({ run, scored = null }: ScoreState): ScoreRun | null =>
  run?.status === "done" ? run : scored;

/** The design was changed after the run that is shown had read it. */
export function isOutdated(state: ScoreState, coverage: Coverage | null): boolean {
  const shown = shownRun(state);
  return shown !== null && Math.max(state.seq ?? 0, coverage?.seq ?? 0) > shown.seq;
}

/** Of the criteria of a step, those for which the words hold something already. */
export function foundIn(coverage: StepCoverage | undefined): { found: number; of: number } {
  const levels = Object.values(coverage?.levels ?? {});
  return { found: levels.filter((level) => level !== null && level > 1).length, of: levels.length };
}

/** Of the steps in which something was found; the second is missing where they are all alike. */
export function strongestAndWeakest<Step extends { readonly id: string }>(
  reply: Pick<ScoreReply, "steps">,
  steps: readonly Step[],
): readonly [Step?, Step?] {
  const scoreOf = ({ id }: Step): number => reply.steps[id]?.score ?? 0;
  const written = steps.filter((step) => scoreOf(step) > 0);
  const [best, ...others] = written.toSorted((one, other) => scoreOf(other) - scoreOf(one));
  const weakest = others.at(-1);
  if (best === undefined) return [];
  return weakest === undefined || scoreOf(weakest) === scoreOf(best) ? [best] : [best, weakest];
}
