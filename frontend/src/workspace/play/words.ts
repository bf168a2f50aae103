/** The words for what becomes of a step, and for what that does to its weight. */

import type { InterviewPlay, PlayedStep, StepState } from "./types";

export interface Chip {
  readonly label: string;
  readonly tone: "acc" | "plain" | "line";
}

/** Null for a step about which there is nothing to say. */
export function chipOf(step: PlayedStep, isCurrent: boolean): Chip | null {
  switch (step.state) {
    case "deep_dive":
      return { label: "Deep dive", tone: "acc" };
    case "skipped_by_interviewer":
      return { label: "Skipped", tone: "plain" };
    case "skipped_by_candidate":
      return { label: "Skipped by candidate", tone: "plain" };
    case "in_play":
      return isCurrent ? { label: "In play", tone: "acc" } : null;
    case "not_reached":
      return step.is_planned_dive ? { label: "Deep dive planned", tone: "line" } : null;
  }
}

export const isSkipped = ({ state }: PlayedStep): boolean =>
  state === "skipped_by_interviewer" || state === "skipped_by_candidate";

const EFFECTS: Readonly<Record<StepState, string>> = {
  not_reached: "Counts once if it is reached",
  in_play: "Counts once",
  deep_dive: "Counts twice",
  skipped_by_interviewer: "Counts nothing",
  skipped_by_candidate: "Counts half, with what is there",
};

/** "Counts twice, 26 % of the total"; without weights, which only interviewers get, nothing. */
export function weightWords(step: PlayedStep, preset: InterviewPlay["preset"]): string {
  if (step.share === undefined) return "";
  const effect = preset === "equal" ? "Counts as any other step" : EFFECTS[step.state];
  return `${effect}, ${Math.round(step.share * 100)} % of the total`;
}
