/** The steps of the flow: where one is, where the others are, what became of each and how long it took. */

import type { ReactNode } from "react";

import { Face } from "../ui/Face";
import { Icon } from "../ui/Icon";

import type { FlowStep } from "./bootstrap";
import type { Coverage, StepCoverage } from "./interviewers/scoring";
import { LiveMarks } from "./LiveMarks";
import { type PersonHere, whereOthersAre } from "./people";
import { PlanTime } from "./play/PlanTime";
import { StepRing } from "./play/StepRing";
import { StepTime } from "./play/StepTime";
import type { PlayedStep } from "./play/types";
import { usePlaying } from "./play/usePlay";
import { chipOf, isSkipped, weightWords } from "./play/words";

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
  /** What can be done with the step one is on. */
  readonly menu: ReactNode;
}

export function StepRail(props: StepRailProps) {
  const { steps, current, written, people, coverage, onGo, onSwitch, menu } = props;
  const play = usePlaying()?.reading.play;
  const where = whereOthersAre(people, steps);
  return (
    <nav className="rail" aria-label="Steps">
      <header className="rail-h">
        <h2>Steps</h2>
        <span className="t12 t3 num">
          <PlanTime steps={steps} />
        </span>
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
              played={play?.steps.find((one) => one.id === step.id)}
              isPlayed={play?.step === step.id && play.stage !== "ended"}
              weightWordsOf={(played) => weightWords(played, play?.preset)}
              onGo={onGo}
            />
          </li>
        ))}
      </ol>
      {where === "" && onSwitch === null && menu === null ? null : (
        <footer className="rail-f">
          {menu}
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
  readonly played: PlayedStep | undefined;
  /** The one that the interview works on. */
  readonly isPlayed: boolean;
  readonly weightWordsOf: (played: PlayedStep) => string;
  readonly onGo: (step: string) => void;
}

function StepButton(props: StepButtonProps) {
  const { step, isCurrent, isWritten, people, coverage, played, isPlayed, onGo } = props;
  const chip = played === undefined ? null : chipOf(played, isPlayed);
  const weight = played === undefined ? "" : props.weightWordsOf(played);
  return (
    <button
      type="button"
      className={`step inset ${isCurrent ? "is-cur" : ""} ${played && isSkipped(played) ? "is-skip" : ""}`}
      aria-current={isCurrent ? "step" : undefined}
      title={[`${step.name}  Alt+${step.number}`, weight].filter(Boolean).join("\n")}
      onClick={() => onGo(step.id)}
    >
      <span className="no">
        <StepRing played={played} isWritten={isWritten} isCurrent={isCurrent} />
        <b>{step.number}</b>
      </span>
      <span className="nm">
        <b>{step.name}</b>
        <small className="num">
          <StepTime step={step} />
          {isWritten ? <span className="sr">, has notes</span> : null}
        </small>
        {chip === null ? null : <span className={TAGS[chip.tone]}>{chip.label}</span>}
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

const TAGS = { acc: "tag tag--acc", plain: "tag", line: "tag tag--line" } as const;
