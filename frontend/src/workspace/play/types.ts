/** An interview as the server tells it to this page: docs/protocol.md. */

export type Stage = "lobby" | "running" | "paused" | "ended";

export type StepState =
  "not_reached" | "in_play" | "deep_dive" | "skipped_by_interviewer" | "skipped_by_candidate";

/** Times are missing where the clock is hidden from this person, weights for all but interviewers. */
export interface PlayedStep {
  readonly id: string;
  readonly state: StepState;
  readonly planned_s?: number;
  readonly spent_s?: number;
  readonly spent_by?: Readonly<Record<string, number>>;
  readonly is_planned_dive?: boolean;
  /** Of the weight of all steps, 0 to 1. */
  readonly share?: number;
}

export interface Twist {
  readonly index: number;
  readonly title: string;
  readonly text: string;
  readonly played_at: string | null;
  readonly expects?: string;
}

export interface Clarification {
  readonly index: number;
  readonly question: string;
  readonly answer: string;
  readonly revealed_at: string | null;
  readonly decides?: string;
}

export interface InterviewPlay {
  readonly stage: Stage;
  /** The server's time as it answered. */
  readonly now: string;
  readonly is_frozen: boolean;
  readonly is_waiting: boolean;
  readonly step: string | null;
  readonly steps: readonly PlayedStep[];
  readonly shows_clock: boolean;
  readonly focus_mode: boolean;
  readonly thinking_until: string | null;
  readonly twists: readonly Twist[];
  readonly clarifications: readonly Clarification[];
  readonly started_at?: string | null;
  readonly ended_at?: string | null;
  readonly planned_s?: number;
  readonly elapsed_s?: number;
  readonly extended_s?: number;
  /** Whose weights the shares are; for interviewers. */
  readonly preset?: "default" | "equal";
  readonly waiting?: readonly {
    readonly participant: string;
    readonly name: string;
    readonly since: string;
  }[];
}

export type PlayAction =
  | { readonly do: "start" | "pause" | "resume" | "end" | "freeze" | "unfreeze" }
  | { readonly do: "extend" | "thinking"; readonly seconds: number }
  | {
      readonly do: "enter" | "deep-dive" | "end-deep-dive" | "skip" | "unskip";
      readonly step: string;
    }
  | { readonly do: "twist" | "clarification"; readonly index: number }
  | { readonly do: "reopen"; readonly reason: string }
  | { readonly do: "admit"; readonly participant: string };
