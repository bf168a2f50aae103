/** One criterion as the machine read it: level, reason, quotes that lead to their place, what is missing. */

import { Icon } from "../../ui/Icon";

import { Level } from "./Level";
import type { CriterionScore, Evidence, RubricCriterion } from "./scoring";

export interface CriterionProps {
  readonly score: CriterionScore;
  readonly rubric: RubricCriterion | undefined;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function Criterion({ score, rubric, onEvidence }: CriterionProps) {
  const { id, level, state, confidence, summary, evidence, missing } = score;
  return (
    <section className="cr">
      <header>
        <h3>{rubric?.name ?? id}</h3>
        <span className="t12 t3 mono">
          {id}
          {rubric === undefined ? "" : ` · ${rubric.weight}`}
        </span>
      </header>
      <div className="row">
        <Level level={level} text={level === null ? state : String(level)} />
        <Confidence value={confidence} />
        <span className="t12 t2">{summary}</span>
      </div>
      {level === null || rubric === undefined ? null : (
        <p className="anc t12 t3">
          {level}: {rubric.anchors[level - 1]}
        </p>
      )}
      {evidence.map((piece, index) => (
        <Quote key={index} evidence={piece} onEvidence={onEvidence} />
      ))}
      {missing.map((question) => (
        <p className="ask-next" key={question}>
          <Icon name="ask" size={14} />
          <span>
            <b>Ask next</b>
            {question}
          </span>
        </p>
      ))}
    </section>
  );
}

interface QuoteProps {
  readonly evidence: Evidence;
  readonly onEvidence: (evidence: Evidence) => void;
}

function Quote({ evidence, onEvidence }: QuoteProps) {
  const place = evidence.source === "notes" ? "Notes" : "Board";
  return (
    <blockquote className="ev">
      <Icon name="quote" size={14} />
      <span>
        “{evidence.quote.trim()}”
        <button type="button" className="to" onClick={() => onEvidence(evidence)}>
          {place}
          <span className="sr">: show this place</span>
        </button>
      </span>
    </blockquote>
  );
}

/** Three bars, as many filled as the machine is sure. */
function Confidence({ value }: { readonly value: number }) {
  const filled = value >= 0.7 ? 3 : value >= 0.4 ? 2 : 1;
  const word = ["low", "middle", "high"][filled - 1] ?? "low";
  return (
    <span
      className="conf"
      role="img"
      aria-label={`Confidence ${word}`}
      title={`Confidence ${word}`}
    >
      {[1, 2, 3].map((bar) => (
        <i key={bar} className={bar <= filled ? "f" : ""} />
      ))}
    </span>
  );
}
