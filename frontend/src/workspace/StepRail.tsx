/** The steps of the flow: where one is, where the others are, where something is written. */

import { Face } from "../ui/Face";
import { Icon } from "../ui/Icon";

import type { FlowStep } from "./bootstrap";
import type { Coverage, StepCoverage } from "./interviewers/scoring";
import { LiveMarks } from "./LiveMarks";
import { type PersonHere, whereOthersAre } from "./people";

export interface StepRailProps {
  readonly steps: readonly FlowStep[];
  readonly current: string;
  readonly written: ReadonlySet<string>;
  readonly people: readonly PersonHere[];
  /** Null for everybody who may not read scores. */
  readonly coverage: Coverage | null;
  readonly onGo: (step: string) => void;
  /** Null for who may not switch to another flow, and where there is none. */
  readonly onSwitch: (() => void) | null;
}

export function StepRail(props: StepRailProps) {
  const { steps, current, written, people, coverage, onGo, onSwitch } = props;
  const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
  const where = whereOthersAre(people, steps);
  return (
    <nav className="rail" aria-label="Steps">
      <header className="rail-h">
        <h2>Steps</h2>
        <span className="t12 t3 num">{minutes} min planned</span>
      </header>
      <ol>
        {steps.map((step) => (
          <li key={step.id}>
            <StepButton
              step={step}
              isCurrent={step.id === current}
              isWritten={written.has(step.id)}
              people={people.filter((one) => one.step === step.id)}
              coverage={coverage?.steps[step.id]}
              onGo={onGo}
            />
          </li>
        ))}
      </ol>
      {where === "" && onSwitch === null ? null : (
        <footer className="rail-f">
          {where === "" ? null : <p className="t12 t3">{where}</p>}
          {onSwitch === null ? null : (
            <button type="button" className="btn btn--ghost btn--sm" onClick={onSwitch}>
              <Icon name="fork" size={14} />
              Switch the flow
            </button>
          )}
        </footer>
      )}
    </nav>
  );
}

interface StepButtonProps {
  readonly step: FlowStep;
  readonly isCurrent: boolean;
  readonly isWritten: boolean;
  readonly people: readonly PersonHere[];
  readonly coverage: StepCoverage | undefined;
  readonly onGo: (step: string) => void;
}

function StepButton(props: StepButtonProps) {
  const { step, isCurrent, isWritten, people, coverage, onGo } = props;
  return (
    <button
      type="button"
      className={`step inset ${isCurrent ? "is-cur" : ""}`}
      aria-current={isCurrent ? "step" : undefined}
      title={`${step.name}  Alt+${step.number}`}
      onClick={() => onGo(step.id)}
    >
      <span className="no">
        <Ring isWritten={isWritten} isCurrent={isCurrent} />
        <b>{step.number}</b>
      </span>
      <span className="nm">
        <b>{step.name}</b>
        <small className="num">
          {step.minutes} min planned
          {isWritten ? <span className="sr">, has notes</span> : null}
        </small>
        {coverage === undefined ? null : <LiveMarks coverage={coverage} />}
      </span>
      {people.length === 0 ? null : (
        <span className="faces">
          {people.slice(0, 3).map(({ key, name, color, isMe }) => (
            <Face key={key} name={name} title={isMe ? "You" : name} color={color} size={18} />
          ))}
        </span>
      )}
    </button>
  );
}

/** Full where something is written. */
function Ring({
  isWritten,
  isCurrent,
}: {
  readonly isWritten: boolean;
  readonly isCurrent: boolean;
}) {
  const tone = isCurrent ? "ring--cur" : "ring--done";
  return (
    <svg className="ring" viewBox="0 0 26 26" aria-hidden="true">
      <circle cx="13" cy="13" r="11" className={isWritten ? tone : ""} />
    </svg>
  );
}
