/** What the server says about the judge: a language model's second reading, beside the score. */

export interface JudgeConsent {
  /** False: this server has no judge. */
  readonly available: boolean;
  readonly host: string | null;
  readonly model: string | null;
  readonly given: boolean;
  readonly by: string | null;
  /** The asker is the owner. */
  readonly may_change: boolean;
}

export interface JudgedCriterion {
  readonly id: string;
  readonly level: number | null;
  readonly engine_level: number | null;
  /** More than one level away from the engine. */
  readonly flagged: boolean;
}

export interface JudgedStep {
  readonly state: "judged" | "failed" | "not_sent";
  /** Why it was not judged, as a sentence; empty when it was. */
  readonly text: string;
  readonly criteria: readonly JudgedCriterion[];
}

export interface Judgement {
  readonly run: string;
  readonly status: "queued" | "running" | "done" | "failed";
  readonly reason: string;
  readonly model: string;
  readonly host: string;
  readonly done: number;
  readonly total: number;
  readonly flagged: number;
  readonly steps: Readonly<Record<string, JudgedStep>>;
}

export type JudgeEvent =
  | { readonly type: "judge.progress"; readonly run: string }
  | { readonly type: "judge.done"; readonly run: string }
  | { readonly type: "judge.failed"; readonly run: string };

export const isUnderWay = ({ status }: Judgement): boolean =>
  status === "queued" || status === "running";

/** How a second reading stands to the score, in a sentence; empty where there is none. */
export function secondReading(judged: JudgedCriterion | undefined): string {
  if (judged === undefined) return "";
  const level = judged.level === null ? "no evidence" : `level ${judged.level}`;
  return judged.flagged
    ? `Second reading: ${level}. They differ; read the lines yourself.`
    : `Second reading: ${level}.`;
}

export function judgementWords(judgement: Judgement): string {
  const { status, reason, done, total, flagged } = judgement;
  if (status === "failed") return `The second reading stopped. ${reason}`;
  if (isUnderWay(judgement)) return `Reading step ${done} of ${total}.`;
  if (flagged === 0) return "The second reading is nowhere more than one level away.";
  const criteria = flagged === 1 ? "1 criterion" : `${flagged} criteria`;
  return `The second reading is more than one level away in ${criteria}, which are marked.`;
}
