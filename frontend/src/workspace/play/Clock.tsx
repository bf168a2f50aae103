/** The interview's clock in the top bar: how late it is, of how much, and where among the steps. */

import { IconButton } from "../../ui/IconButton";

import { clockWords, elapsedS, type Reading, spentS, spokenTime } from "./clock";
import { useNowMs } from "./usePlay";

export interface ClockProps {
  readonly reading: Reading;
  readonly isHidden: boolean;
  readonly onToggle: () => void;
}

/** Nothing where the server sends no times: this person has no clock to show or to hide. */
export function Clock({ reading, isHidden, onToggle }: ClockProps) {
  const nowMs = useNowMs();
  const elapsed = elapsedS(reading, nowMs);
  const { stage, planned_s: planned = 0 } = reading.play;
  if (elapsed === null || stage === "lobby") return null;
  if (isHidden) {
    return (
      <IconButton icon="clock" label="Show the clock" className="clock-show" onClick={onToggle} />
    );
  }
  const isOver = elapsed >= planned + 1;
  const spoken = `${spokenTime(elapsed)} of ${spokenTime(planned)}${stage === "paused" ? ", paused" : ""}`;
  return (
    <span className={`clock ${isOver ? "is-over" : ""}`}>
      <span role="timer" aria-label={spoken} className="num">
        <b>{clockWords(elapsed)}</b>
      </span>
      <Bar reading={reading} nowMs={nowMs} />
      <span className="t12 t2 num of" aria-hidden="true">
        {stage === "paused" ? "paused, " : ""}
        {isOver ? `${clockWords(elapsed - planned)} over` : `of ${clockWords(planned)}`}
      </span>
      <IconButton icon="eye-off" label="Hide the clock" size={24} onClick={onToggle} />
    </span>
  );
}

/** A piece a step, as long as planned, filled by what is spent of it. */
function Bar({ reading, nowMs }: { readonly reading: Reading; readonly nowMs: number }) {
  return (
    <span className="clock-bar" aria-hidden="true">
      {reading.play.steps.map((step) => {
        const planned = step.planned_s ?? 0;
        const spent = spentS(reading, step, nowMs) ?? 0;
        const filled = planned === 0 ? 0 : Math.min(1, spent / planned);
        return (
          <i
            key={step.id}
            className={step.id === reading.play.step ? "is-cur" : ""}
            style={{ flexGrow: planned }}
          >
            <i style={{ width: `${100 * filled}%` }} />
          </i>
        );
      })}
    </span>
  );
}
