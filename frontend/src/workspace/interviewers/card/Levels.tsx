/** The row 1 2 3 4 | NE NA, with one of them set. */

import { type Mark, type NoLevel } from "./cards";

export interface LevelsProps {
  readonly label: string;
  readonly mark: Mark;
  readonly isLocked: boolean;
  /** Reached by Tab only in the item that has the focus: the card is long. */
  readonly isInTabOrder: boolean;
  readonly onLevel: (level: number) => void;
  readonly onState: (state: NoLevel) => void;
}

const STATE_NAMES = { NE: "Not enough evidence", NA: "Does not apply" } as const;

export function Levels(props: LevelsProps) {
  const { label, mark, isLocked, isInTabOrder, onLevel, onState } = props;
  const shared = { tabIndex: isInTabOrder ? 0 : -1, disabled: isLocked };
  return (
    <span className="lvs" role="radiogroup" aria-label={label}>
      {[1, 2, 3, 4].map((level) => (
        <button
          key={level}
          type="button"
          role="radio"
          className={`lv lv-${level}`}
          aria-checked={mark.level === level}
          onClick={() => onLevel(level)}
          {...shared}
        >
          {level}
        </button>
      ))}
      <span className="gap" />
      {(["NE", "NA"] as const).map((state) => (
        <button
          key={state}
          type="button"
          role="radio"
          className="lv lv-ne"
          aria-checked={mark.state === state}
          title={STATE_NAMES[state]}
          onClick={() => onState(state)}
          {...shared}
        >
          {state}
        </button>
      ))}
    </span>
  );
}
