/** What a score card holds, and what follows from it: its items, what is missing, who differs. */

import type { FlowStep } from "../../bootstrap";

export type Confidence = "" | "low" | "mid" | "high";
/** Why there is no level. "" where there is one, or nothing yet. */
export type NoLevel = "" | "NE" | "NA";
export type VerdictId = "strong_yes" | "yes" | "no" | "strong_no";

export interface CardEvidence {
  readonly kind: "note" | "component" | "connection" | "moment";
  readonly pointer: Pointer;
  /** Of the interview's clock, when it was pointed at. */
  readonly clock_s: number | null;
}

export interface Pointer {
  readonly step?: string;
  /** Unicode code points. */
  readonly start?: number;
  readonly end?: number;
  readonly quote?: string;
  readonly id?: string;
  readonly name?: string;
  readonly seq?: number;
}

export interface Mark {
  readonly level: number | null;
  readonly state: NoLevel;
}

export interface Rating extends Mark {
  readonly confidence: Confidence;
  readonly reason: string;
  readonly is_probed: boolean;
  readonly evidence: readonly CardEvidence[];
}

export type Ratings = Readonly<Record<string, Rating>>;

export interface CardCriterion {
  readonly id: string;
  readonly label: string;
  readonly weight: number;
  readonly anchors: readonly string[];
}

export interface CardRubric {
  readonly id: string;
  readonly version: string;
  readonly levels: readonly {
    readonly level: number;
    readonly name: string;
    readonly meaning: string;
  }[];
  readonly steps: readonly {
    readonly id: string;
    readonly weight: number;
    readonly criteria: readonly CardCriterion[];
  }[];
  readonly cross: readonly CardCriterion[];
  readonly bands: readonly { readonly id: string; readonly name: string }[];
}

export interface CardRevision {
  readonly item: string;
  readonly before: Mark;
  readonly after: Mark;
  readonly reason: string;
  readonly at: string;
}

/** Why something is not shown yet, in a sentence; "" where it is shown. */
export interface Withheld {
  readonly peers: string;
  readonly machine: string;
}

/** One's own card. may: what the server takes now; an interview is rated as a whole, after its end. */
export interface CardReply {
  readonly may: { readonly edit: boolean; readonly submit: boolean; readonly revise: boolean };
  readonly card: {
    readonly status: "draft" | "submitted";
    readonly verdict: "" | VerdictId;
    readonly verdict_reason: string;
    readonly submitted_at: string | null;
  };
  readonly rubric: CardRubric;
  readonly ratings: Ratings;
  readonly revisions: readonly CardRevision[];
  /** What the formula makes of this card; nothing before the rater's own verdict. */
  readonly formula: Formula | null;
}

export interface Formula {
  readonly total: number | null;
  readonly band: string;
  readonly whyNoTotal: string;
  /** The preset that weighs all alike gives another band. */
  readonly flips: boolean;
}

export interface PeerCard {
  readonly participant: string;
  readonly name: string;
  readonly color: number;
  readonly verdict: "" | VerdictId;
  readonly ratings: Ratings;
}

export interface MachineMark extends Mark {
  readonly confidence: number;
}

/** The others, as far as they may be seen. */
export interface PanelReply {
  readonly peers: readonly PeerCard[];
  readonly machine: {
    readonly validated: boolean;
    readonly ratings: Readonly<Record<string, MachineMark>>;
  } | null;
  readonly withheld: Withheld;
}

export const UNRATED: Rating = {
  level: null,
  state: "",
  confidence: "",
  reason: "",
  is_probed: false,
  evidence: [],
};

export const isRated = ({ level, state }: Mark): boolean => level !== null || state !== "";

export const markText = ({ level, state }: Mark): string =>
  level === null ? state || "–" : String(Math.round(level * 10) / 10);

// Items -------------------------------------------------------------------------------------

/** One thing to rate. number: of a step; parent: the step that a criterion belongs to. */
export interface Item {
  readonly id: string;
  readonly kind: "step" | "criterion" | "cross";
  readonly name: string;
  readonly weight: number;
  readonly anchors: readonly string[];
  readonly number: number | null;
  readonly parent: string | null;
}

/** Everything that may be rated, in the order of the card. */
export function itemsOf(rubric: CardRubric, flow: readonly FlowStep[]): readonly Item[] {
  const general = rubric.levels.map(({ meaning }) => meaning);
  const steps = rubric.steps.flatMap(({ id, weight, criteria }): Item[] => {
    const step = flow.find((one) => one.id === id);
    const own: Item = {
      id,
      kind: "step",
      name: step?.name ?? id,
      weight,
      anchors: general,
      number: step?.number ?? null,
      parent: null,
    };
    return [own, ...criteria.map((one) => itemOf(one, "criterion", id))];
  });
  return [...steps, ...rubric.cross.map((one) => itemOf(one, "cross", null))];
}

function itemOf(criterion: CardCriterion, kind: Item["kind"], parent: string | null): Item {
  const { id, label, weight, anchors } = criterion;
  return { id, kind, name: label, weight, anchors, number: null, parent };
}

/** Those on the screen: criteria only below a step that is open. */
export const shownItems = (items: readonly Item[], open: ReadonlySet<string>): readonly Item[] =>
  items.filter(({ parent }) => parent === null || open.has(parent));

/** The item before or after, and the same one at an end. */
export function neighbour(rows: readonly string[], id: string, by: 1 | -1): string {
  const at = rows.indexOf(id) + by;
  return rows[Math.min(rows.length - 1, Math.max(0, at))] ?? id;
}

// What is missing ---------------------------------------------------------------------------

/** A step's state in the interview, as the clock's events tell it. */
export type StepStates = Readonly<Record<string, string>>;

const OUT: ReadonlySet<string> = new Set(["skipped_by_interviewer", "not_reached"]);

const HEAVY = 3; // the weight of the cross-step items that every card rates

/** Steps that were played, and the heavy items across them. Criteria are a help and never asked for. */
export const requiredItems = (items: readonly Item[], states: StepStates): readonly Item[] =>
  items.filter(({ id, kind, weight }) =>
    kind === "step" ? !OUT.has(states[id] ?? "") : kind === "cross" && weight === HEAVY,
  );

/** A step is answered by itself or by any of its criteria. */
export const isAnswered = ({ id }: Item, items: readonly Item[], ratings: Ratings): boolean =>
  items.some((one) => (one.id === id || one.parent === id) && isRated(ratings[one.id] ?? UNRATED));

export interface Progress {
  readonly rated: number;
  readonly of: number;
  /** Rated with a level, and nothing says why. */
  readonly reasonsMissing: number;
}

export function progressOf(items: readonly Item[], states: StepStates, ratings: Ratings): Progress {
  const required = requiredItems(items, states);
  return {
    rated: required.filter((item) => isAnswered(item, items, ratings)).length,
    of: required.length,
    reasonsMissing: items.filter(({ id }) => lacksReason(ratings[id] ?? UNRATED)).length,
  };
}

export const lacksReason = ({ level, reason }: Rating): boolean =>
  level !== null && reason.trim() === "";

export function progressWords({ rated, of, reasonsMissing }: Progress): string {
  const head = `${rated} of ${of} rated`;
  if (reasonsMissing === 0) return head;
  return `${head}, ${reasonsMissing} ${reasonsMissing === 1 ? "reason" : "reasons"} missing`;
}

export interface Missing {
  readonly item: string;
  readonly text: string;
}

/** What keeps a card from being submitted, in the order of the card; the server asks for the same. */
export function missingIn(
  items: readonly Item[],
  states: StepStates,
  ratings: Ratings,
  verdict: Pick<CardReply["card"], "verdict" | "verdict_reason">,
): readonly Missing[] {
  const required = new Set(requiredItems(items, states));
  const missing = items.flatMap((item): Missing[] => {
    const { id, name } = item;
    if (lacksReason(ratings[id] ?? UNRATED)) return [{ item: id, text: `${name}: a reason` }];
    const isOpen = required.has(item) && !isAnswered(item, items, ratings);
    return isOpen ? [{ item: id, text: `${name}: a level, NE or NA` }] : [];
  });
  if (verdict.verdict === "") return [...missing, { item: VERDICT, text: "Your own verdict" }];
  const isBare = verdict.verdict_reason.trim() === "";
  return isBare ? [...missing, { item: VERDICT, text: "Your verdict: a reason" }] : missing;
}

export const VERDICT = "verdict";

/** From worst to best, so that the keys 1 to 4 set it like a level. */
export const VERDICTS: readonly { readonly id: VerdictId; readonly name: string }[] = [
  { id: "strong_no", name: "Strong no" },
  { id: "no", name: "No" },
  { id: "yes", name: "Yes" },
  { id: "strong_yes", name: "Strong yes" },
];

export const verdictName = (id: string): string =>
  VERDICTS.find((one) => one.id === id)?.name ?? "";

// Changing a rating -------------------------------------------------------------------------

const CONFIDENCES: readonly Confidence[] = ["", "low", "mid", "high"];

export const nextConfidence = (now: Confidence): Confidence =>
  CONFIDENCES[(CONFIDENCES.indexOf(now) + 1) % CONFIDENCES.length] ?? "";

export const withLevel = (rating: Rating, level: number): Rating => ({
  ...rating,
  level,
  state: "",
});

export const withState = (rating: Rating, state: NoLevel): Rating => ({
  ...rating,
  level: null,
  state,
});

/** The same thing pointed at twice is one piece of evidence. */
export function withEvidence(rating: Rating, added: CardEvidence): Rating {
  const key = keyOf(added);
  if (rating.evidence.some((one) => keyOf(one) === key)) return rating;
  return { ...rating, evidence: [...rating.evidence, added] };
}

export const withoutEvidence = (rating: Rating, index: number): Rating => ({
  ...rating,
  evidence: rating.evidence.filter((_, at) => at !== index),
});

const keyOf = ({ kind, pointer: { step, start, end, id, seq } }: CardEvidence): string =>
  [kind, step, start, end, id, seq].join(" ");

// Side by side ------------------------------------------------------------------------------

const NUMBERS = ["no", "one", "two", "three"] as const;
const APART = 2; // levels, from which on a difference is for the debrief

/** How another's level stands to one's own, in words; "" where they agree or one has none. */
export function differenceWords(who: string, own: Mark, other: Mark): string {
  if (own.level === null || other.level === null) return "";
  const apart = Math.round(other.level) - own.level;
  if (apart === 0) return "";
  return `${who} ${NUMBERS[Math.abs(apart)] ?? Math.abs(apart)} ${apart > 0 ? "above" : "below"} you`;
}

export const isFarApart = (own: Mark, other: Mark): boolean =>
  own.level !== null && other.level !== null && Math.abs(own.level - other.level) >= APART;

const STATES: Readonly<Record<string, string>> = {
  deep_dive: "counted twice as a deep dive",
  skipped_by_interviewer: "skipped, not counted",
  skipped_by_candidate: "skipped by the candidate, counts half",
  not_reached: "not reached, not counted",
};

/** "Step 4, weight 13, counted twice as a deep dive". */
export function factsOf({ id, kind, number, weight }: Item, states: StepStates): string {
  const head = kind === "step" && number !== null ? [`Step ${number}`] : [];
  const effect = STATES[states[id] ?? ""];
  return [...head, `weight ${weight}`, ...(effect === undefined ? [] : [effect])].join(", ");
}
