/** The score card's JSON as the server sends it, and the shape in which this page keeps it. */

import type { RubricCriterion, RubricStep, ScoreRun, Validation } from "../scoring";

import type {
  CardCriterion,
  CardEvidence,
  CardReply,
  Confidence,
  MachineMark,
  NoLevel,
  PanelReply,
  Rating,
  Ratings,
  VerdictId,
  Withheld,
} from "./cards";

interface WireRating {
  readonly level: number | null;
  readonly state: "NE" | "NA" | null;
  readonly confidence: Exclude<Confidence, ""> | null;
  readonly reason: string;
  readonly is_probed: boolean;
  readonly evidence: readonly CardEvidence[];
}

export interface WireCard {
  readonly rater: { readonly id: string; readonly name: string; readonly color: number };
  readonly status: "draft" | "submitted";
  readonly verdict: VerdictId | null;
  readonly verdict_reason: string;
  readonly submitted_at: string | null;
  readonly ratings: Readonly<Record<string, WireRating>>;
  readonly revisions: readonly {
    readonly item: string;
    readonly level_before: number | null;
    readonly state_before: NoLevel | null;
    readonly level_after: number | null;
    readonly state_after: NoLevel | null;
    readonly reason: string;
    readonly at: string;
  }[];
}

interface WireTotal {
  readonly total: { readonly score: number | null; readonly band: string | null };
  readonly why_no_total: string;
}

/** As GET designs/<id>/card answers, and every change of it. */
export interface WireOwn {
  readonly card: WireCard;
  readonly may: { readonly edit: boolean; readonly submit: boolean; readonly revise: boolean };
  readonly formula: {
    readonly preset: "default" | "equal";
    readonly default: WireTotal;
    readonly equal: WireTotal;
    readonly flips: boolean;
  } | null;
  readonly rubric: {
    readonly id: string;
    readonly version: string;
    readonly levels: CardReply["rubric"]["levels"];
    readonly bands: CardReply["rubric"]["bands"];
    readonly steps: readonly RubricStep[];
    readonly across: readonly RubricCriterion[];
  };
}

/** As GET designs/<id>/panel answers. */
export interface WirePanel {
  readonly withheld: Withheld;
  readonly own: WireCard | null;
  readonly cards: readonly WireCard[];
  readonly machine: { readonly run: ScoreRun; readonly validation: Validation } | null;
}

export function readOwn({ card, may, formula, rubric }: WireOwn): CardReply {
  const shown = formula === null ? null : formula[formula.preset];
  return {
    card: {
      status: card.status,
      verdict: card.verdict ?? "",
      verdict_reason: card.verdict_reason,
      submitted_at: card.submitted_at,
    },
    may,
    rubric: {
      id: rubric.id,
      version: rubric.version,
      levels: rubric.levels,
      bands: rubric.bands,
      steps: rubric.steps.map(({ id, weight, criteria }) => ({
        id,
        weight,
        criteria: criteria.map(readCriterion),
      })),
      cross: rubric.across.map(readCriterion),
    },
    ratings: readRatings(card),
    revisions: card.revisions.map((row) => ({
      item: row.item,
      before: { level: row.level_before, state: row.state_before ?? "" },
      after: { level: row.level_after, state: row.state_after ?? "" },
      reason: row.reason,
      at: row.at,
    })),
    formula:
      formula === null || shown === null
        ? null
        : {
            total: shown.total.score,
            band: shown.total.band ?? "",
            whyNoTotal: shown.why_no_total,
            flips: formula.flips,
          },
  };
}

export function readPanel({ withheld, own, cards, machine }: WirePanel): PanelReply {
  const others = cards.filter(({ rater }) => rater.id !== own?.rater.id);
  return {
    withheld,
    peers: others.map(({ rater, verdict, ratings }) => ({
      participant: rater.id,
      name: rater.name,
      color: rater.color,
      verdict: verdict ?? "",
      ratings: Object.fromEntries(
        Object.entries(ratings).map(([item, row]) => [item, readRating(row)]),
      ),
    })),
    machine:
      machine === null
        ? null
        : { validated: machine.validation.validated, ratings: readRun(machine.run) },
  };
}

const readCriterion = ({ id, name, weight, anchors }: RubricCriterion): CardCriterion => ({
  id,
  label: name,
  weight,
  anchors,
});

const readRatings = ({ ratings }: WireCard): Ratings =>
  Object.fromEntries(Object.entries(ratings).map(([item, row]) => [item, readRating(row)]));

function readRating(row: WireRating): Rating {
  const { level, state, confidence, reason, is_probed, evidence } = row;
  return {
    level,
    state: state ?? "",
    confidence: confidence ?? "",
    reason,
    is_probed,
    evidence,
  };
}

/** Steps on the scale of people, with one decimal; the engine gives 0 to 100. */
function readRun({ result }: ScoreRun): Readonly<Record<string, MachineMark>> {
  const steps = Object.entries(result?.steps ?? {});
  return Object.fromEntries(
    steps.flatMap(([id, { score, confidence, criteria }]): [string, MachineMark][] => [
      [id, { ...markOf(score === null ? null : 1 + (3 * score) / 100), confidence }],
      ...criteria.map((one): [string, MachineMark] => [
        one.id,
        { level: one.level, state: one.state === "NA" ? "NA" : stateOf(one.level), ...sure(one) },
      ]),
    ]),
  );
}

const markOf = (level: number | null) => ({ level, state: stateOf(level) });
const stateOf = (level: number | null): NoLevel => (level === null ? "NE" : "");
const sure = ({ confidence }: { readonly confidence: number }) => ({ confidence });
