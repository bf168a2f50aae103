/** A level as a chip that opens what each level means here: its own anchor, and those beside it. */

import { type Ref, useId, useState } from "react";

import { Icon } from "../../ui/Icon";

import { Level } from "./Level";
import type { CriterionScore, RubricCriterion } from "./scoring";
import { levelText } from "./words";

export interface AnchorsProps {
  readonly score: Pick<CriterionScore, "level" | "state">;
  readonly rubric: RubricCriterion;
  readonly chip?: Ref<HTMLButtonElement>;
}

export function Anchors({ score, rubric, chip }: AnchorsProps) {
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  const { level } = score;
  return (
    <>
      <div className="lv-line">
        <button
          ref={chip}
          type="button"
          className="lv-btn"
          data-criterion={rubric.id}
          aria-expanded={isOpen}
          aria-controls={list}
          aria-label={`${rubric.name}: ${spoken(score)}. What the levels mean`}
          title="What the levels mean"
          onClick={() => setOpen(!isOpen)}
        >
          <Level level={level} text={levelText(score)} />
          <Icon name={isOpen ? "chev-u" : "chev-d"} size={12} />
        </button>
        <span className="t12 t2">
          {level === null ? NO_LEVEL[score.state] : rubric.anchors[level - 1]}
        </span>
      </div>
      <ol id={list} className="anchors" hidden={!isOpen}>
        {rubric.anchors.map((anchor, index) => (
          <li key={anchor} className={index + 1 === level ? "is-here" : ""}>
            <Level level={index + 1} text={String(index + 1)} />
            <span>
              {anchor}
              {index + 1 === level ? <span className="sr"> (this level)</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

const NO_LEVEL: Readonly<Record<CriterionScore["state"], string>> = {
  scored: "",
  NE: "Not enough evidence for a level",
  NA: "Not asked by this problem",
};

const spoken = ({ level, state }: AnchorsProps["score"]): string =>
  level === null ? NO_LEVEL[state] : `level ${level}`;
