/** What the machine's short codes mean, in words for people. */

import type { Channel, CriterionScore } from "./scoring";

/** Each reads on from "This line …". */
const GUARDS: Readonly<Record<string, string>> = {
  TEMPLATE_COPY: "repeats the template",
  PROMPT_COPY: "repeats the problem statement",
  LIST: "lists terms and says nothing about them",
  FRAME: "is one sentence used again with other terms",
  NO_SPECIFICS: "holds general words only",
  SALAD: "is no sentence",
  OTHER_STEP: "speaks of another step",
  QUESTION: "asks and does not answer",
  DUPLICATE: "stands elsewhere already",
  TO_SCORER: "speaks to whoever scores, not of the design",
  NEGATED: "says that it is left out",
};

export const guardWords = (reason: string): string =>
  `This line ${GUARDS[reason] ?? "does not count as evidence"}`;

const DOUBTS: Readonly<Record<string, string>> = {
  GUARDED: "most of what is written about it did not count",
  WEAK_VECTORS: "the wording is only distantly like what is looked for",
  UNKNOWN_LANGUAGE: "many of the words are not known here",
  TOO_LONG: "the notes are so long that only their first part was read",
};

/** One sentence, or nothing where the machine has no doubt. */
export function doubtWords(doubts: readonly string[]): string {
  if (doubts.length === 0) return "";
  const known = doubts.flatMap((doubt) => DOUBTS[doubt] ?? []);
  const because = known.length === 0 ? "" : `: ${known.join(", and ")}`;
  return `Not sure, please check${because}.`;
}

export type Sureness = "low" | "middle" | "high";

export function surenessOf(confidence: number): Sureness {
  if (confidence >= 0.7) return "high";
  return confidence >= 0.4 ? "middle" : "low";
}

const SURENESS: Readonly<Record<Sureness, string>> = {
  low: "Low confidence",
  middle: "Fair confidence",
  high: "High confidence",
};

export const surenessWords = (confidence: number): string => SURENESS[surenessOf(confidence)];

export const levelText = ({ level, state }: Pick<CriterionScore, "level" | "state">): string =>
  level === null ? state : String(level);

const LIVE = ["left out", "named", "worked out", "with its reason"] as const;

/** What the live reading sees of a criterion. Never a figure: a score is something else. */
export const liveWords = (level: number | null): string =>
  level === null ? "not found yet" : (LIVE[level - 1] ?? "named");

export function channelWords(channels: readonly Channel[] | undefined): string {
  return channels?.includes("semantic") === true
    ? "Read by words and by meaning"
    : "Read by words alone";
}
