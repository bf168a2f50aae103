/** What is known of the machine's reading: the last run, and how far a running one has come. */

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

export interface CriterionScore {
  readonly id: string;
  readonly level: number | null;
  readonly state: "scored" | "NE" | "NA";
  readonly confidence: number;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly string[];
  readonly rules: readonly string[];
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

export interface ScoreReply {
  readonly rubric: { readonly id: string; readonly version: string };
  readonly engine: { readonly id: string; readonly version: string };
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
  readonly status: "queued" | "running" | "done" | "failed";
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
  /** What levels 1 to 4 mean here. */
  readonly anchors: readonly string[];
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

/** As GET designs/<id>/scores/latest answers. */
export interface ScoreState {
  readonly run: ScoreRun | null;
  readonly rubric: RubricSummary;
}

export type ScoreEvent =
  | { readonly type: "score.queued"; readonly run: string }
  | {
      readonly type: "score.progress";
      readonly run: string;
      readonly done: number;
      readonly total: number;
      readonly step: string;
      readonly result: StepScore;
    }
  | { readonly type: "score.done"; readonly run: string }
  | { readonly type: "score.failed"; readonly run: string; readonly reason: string };

/** The run that is under way; its steps appear one by one. */
export interface Progress {
  readonly run: string;
  readonly done: number;
  readonly total: number;
  readonly steps: Readonly<Record<string, StepScore>>;
}

/** Null: nothing is under way. A late message of an earlier run changes nothing. */
export function advance(progress: Progress | null, event: ScoreEvent): Progress | null {
  switch (event.type) {
    case "score.queued":
      return { run: event.run, done: 0, total: 0, steps: {} };
    case "score.progress": {
      const { run, done, total, step, result } = event;
      const earlier = progress?.run === run ? progress.steps : {};
      return { run, done, total, steps: { ...earlier, [step]: result } };
    }
    case "score.done":
    case "score.failed":
      return progress?.run === event.run ? null : progress;
  }
}
