/** One criterion as the machine read it: level, why, what it rests on, what did not count, what is missing. */

import { type ReactNode, useEffect, useRef } from "react";

import { Icon } from "../../ui/Icon";

import { Anchors } from "./Anchors";
import { type JudgedCriterion, secondReading } from "./judging";
import { Level } from "./Level";
import { GuardedLines, Question, Quote } from "./Lines";
import type { CriterionScore, Evidence, RubricCriterion } from "./scoring";
import { doubtWords, levelText, liveWords, surenessOf, surenessWords } from "./words";

export interface CriterionProps {
  readonly score: CriterionScore;
  readonly rubric: RubricCriterion | undefined;
  /** Of the words as they stand; undefined where they were not read live. */
  readonly live: number | null | undefined;
  /** A quote led from here to the notes, and one has come back. */
  readonly isReturnedTo: boolean;
  readonly isPractice: boolean;
  /** By the judge, where there is one. */
  readonly judged: JudgedCriterion | undefined;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function Criterion(props: CriterionProps) {
  const { score, rubric, live, isReturnedTo, isPractice, judged, onEvidence } = props;
  const { id, confidence, summary, evidence, missing, guards = [], doubts = [] } = score;
  const chip = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isReturnedTo) chip.current?.focus();
  }, [isReturnedTo]);
  const doubt = doubtWords(doubts);
  const second = secondReading(judged);
  const hints = Object.values(rubric?.hint ?? {});

  return (
    <section className="cr">
      <CriterionHead id={id} rubric={rubric}>
        {live === undefined ? null : <LiveMark level={live} isNews={live !== score.level} />}
      </CriterionHead>
      {rubric === undefined ? (
        <Level level={score.level} text={levelText(score)} />
      ) : (
        <Anchors score={score} rubric={rubric} chip={chip} />
      )}
      <p className="why-line t12 t3">
        <Confidence value={confidence} />
        <span>
          {surenessWords(confidence)}. {summary}
        </span>
      </p>
      {doubt === "" ? null : (
        <p className="doubt">
          <Icon name="warn" size={14} />
          <span>{doubt}</span>
        </p>
      )}
      {second === "" ? null : (
        <p className={judged?.flagged === true ? "doubt" : "why-line t12 t3"}>
          <Icon name={judged?.flagged === true ? "flag" : "eye"} size={14} />
          <span>{second}</span>
        </p>
      )}
      {evidence.map((piece, index) => (
        <Quote key={index} evidence={piece} onEvidence={onEvidence} />
      ))}
      <GuardedLines lines={guards} isOpen={score.level === null} onEvidence={onEvidence} />
      {missing.map((text) =>
        hints.includes(text) ? (
          <Question key={text} title="To get further" icon="bulb">
            {text}
          </Question>
        ) : (
          <Question key={text} title={isPractice ? "Think about" : "Ask next"}>
            {text}
          </Question>
        ),
      )}
    </section>
  );
}

interface CriterionHeadProps {
  readonly id: string;
  readonly rubric: RubricCriterion | undefined;
  readonly children: ReactNode;
}

export function CriterionHead({ id, rubric, children }: CriterionHeadProps) {
  return (
    <header>
      <h3>{rubric?.name ?? id}</h3>
      {children}
      <span className="t12 t3 mono">
        {id}
        {rubric === undefined ? "" : ` · ${rubric.weight}`}
      </span>
    </header>
  );
}

interface LiveMarkProps {
  readonly level: number | null;
  /** Not what the score says: then the words are printed beside the mark. */
  readonly isNews: boolean;
}

/** What the words hold now. It has no figure and no colour of a level, for it is no score. */
export function LiveMark({ level, isNews }: LiveMarkProps) {
  const words = `Now: ${liveWords(level)}`;
  return (
    <span className={`live-mark ${level !== null && level > 1 ? "is-found" : ""}`} title={words}>
      <i />
      <span className={isNews ? "" : "sr"}>{words}</span>
    </span>
  );
}

const BARS = { low: 1, middle: 2, high: 3 } as const;

/** Three bars; the words beside them say the same. */
function Confidence({ value }: { readonly value: number }) {
  const filled = BARS[surenessOf(value)];
  return (
    <span className="conf" aria-hidden="true">
      {[1, 2, 3].map((bar) => (
        <i key={bar} className={bar <= filled ? "f" : ""} />
      ))}
    </span>
  );
}
