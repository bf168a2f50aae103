/** The machine's reading of the current step: levels, the words they rest on, what to ask next. */

import type { KeyboardEvent } from "react";

import { Icon } from "../../ui/Icon";
import type { FlowStep } from "../bootstrap";
import { useFlow, useSession } from "../session";
import { Skeleton } from "../Skeleton";
import type { ScoredPlace } from "../useViews";

import { AllSteps } from "./AllSteps";
import { Criterion, CriterionHead, LiveMark } from "./Criterion";
import { JudgeBox } from "./JudgeBox";
import type { JudgedStep } from "./judging";
import { PracticeLead } from "./PracticeLead";
import { ScoreHead } from "./ScoreHead";
import {
  type Coverage,
  type Evidence,
  type RubricStep,
  shownRun,
  type StepCoverage,
  type StepScore,
} from "./scoring";
import { useJudge } from "./useJudge";
import type { ScoreNow } from "./useScore";

export interface ScorePanelProps {
  readonly step: FlowStep;
  readonly score: ScoreNow;
  readonly mayRun: boolean;
  readonly onGo: (step: string) => void;
  readonly onEvidence: (evidence: Evidence, from: ScoredPlace | null) => void;
  /** The criterion whose quote one went to see. */
  readonly cameFrom: ScoredPlace | null;
  readonly coverage: Coverage | null;
}

export function ScorePanel(props: ScorePanelProps) {
  const { step, score, mayRun, onGo, onEvidence, coverage } = props;
  const { latest, progress } = score;
  const judge = useJudge(latest === null ? null : (shownRun(latest)?.id ?? null));
  if (latest === null) return <Skeleton label="The score is loading" />;
  const reply = shownRun(latest)?.result ?? null;
  const shown = progress?.steps[step.id] ?? (progress === null ? reply?.steps[step.id] : undefined);
  const rubric = latest.rubric.steps.find((one) => one.id === step.id);
  const live = coverage?.steps[step.id];
  return (
    <>
      <ScoreHead
        step={step}
        weight={rubric?.weight}
        shown={shown}
        score={score}
        coverage={coverage}
        mayRun={mayRun}
      />
      {/* It scrolls, also by keys; arrows go from criterion to criterion. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex */}
      <div className="crs inset" role="region" aria-label="Criteria" tabIndex={0} onKeyDown={walk}>
        {reply !== null && progress === null ? <PracticeLead reply={reply} onGo={onGo} /> : null}
        {shown ? (
          <StepCriteria
            {...props}
            shown={shown}
            rubric={rubric}
            live={live}
            judged={progress === null ? judge.judgement?.steps[step.id] : undefined}
          />
        ) : (
          <NothingYet isRunning={progress !== null} mayRun={mayRun} rubric={rubric} live={live} />
        )}
        {reply !== null && progress === null ? (
          <AllSteps
            reply={reply}
            bands={latest.rubric.bands}
            onGo={onGo}
            onEvidence={(evidence) => onEvidence(evidence, null)}
          />
        ) : null}
        <JudgeBox judge={judge} mayRun={mayRun} />
      </div>
      <StepFoot step={step} onGo={onGo} />
    </>
  );
}

interface StepCriteriaProps extends ScorePanelProps {
  readonly shown: StepScore;
  readonly rubric: RubricStep | undefined;
  readonly live: StepCoverage | undefined;
  readonly judged: JudgedStep | undefined;
}

function StepCriteria(props: StepCriteriaProps) {
  const { step, shown, rubric, live, judged, cameFrom, onEvidence } = props;
  const isPractice = useSession().boot.design.kind === "practice";
  return shown.criteria.map((criterion) => (
    <Criterion
      key={criterion.id}
      score={criterion}
      rubric={rubric?.criteria.find((one) => one.id === criterion.id)}
      live={live?.levels[criterion.id]}
      isReturnedTo={cameFrom?.criterion === criterion.id}
      isPractice={isPractice}
      judged={judged?.criteria.find((one) => one.id === criterion.id)}
      onEvidence={(evidence) => onEvidence(evidence, { step: step.id, criterion: criterion.id })}
    />
  ));
}

interface NothingYetProps {
  readonly isRunning: boolean;
  readonly mayRun: boolean;
  readonly rubric: RubricStep | undefined;
  readonly live: StepCoverage | undefined;
}

function NothingYet({ isRunning, mayRun, rubric, live }: NothingYetProps) {
  const isPractice = useSession().boot.design.kind === "practice";
  if (isRunning) return <Skeleton label="This step is being read" />;
  return (
    <>
      <div className="empty">
        <span className="tile">
          <Icon name="bars" />
        </span>
        <h3>{isPractice ? "No feedback yet" : "Not scored yet"}</h3>
        <p>{emptyWords(mayRun, isPractice)}</p>
      </div>
      {live === undefined
        ? null
        : rubric?.criteria.map((criterion) => (
            <section className="cr" key={criterion.id}>
              <CriterionHead id={criterion.id} rubric={criterion}>
                <LiveMark level={live.levels[criterion.id] ?? null} isNews />
              </CriterionHead>
            </section>
          ))}
    </>
  );
}

function emptyWords(mayRun: boolean, isPractice: boolean): string {
  if (isPractice) {
    return "Write in any step and draw what you like, then ask: each step is read against the rubric.";
  }
  return mayRun
    ? "Score reads the notes and the board of all steps, and says what each level rests on."
    : "Nobody has asked for a score of this session.";
}

function StepFoot({
  step,
  onGo,
}: {
  readonly step: FlowStep;
  readonly onGo: (id: string) => void;
}) {
  const { steps } = useFlow();
  const index = steps.findIndex((one) => one.id === step.id);
  const neighbours = [steps[index - 1], steps[index + 1]];
  return (
    <footer className="sf">
      <span className="sp" />
      {neighbours.map((one) =>
        one === undefined ? null : (
          <button key={one.id} type="button" className="btn btn--sm" onClick={() => onGo(one.id)}>
            Step {one.number}
          </button>
        ),
      )}
    </footer>
  );
}

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Arrows go from criterion to criterion, from wherever in one the focus is. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const move = MOVES[event.key];
  const here = (event.target as HTMLElement).closest(".cr");
  if (move === undefined || here === null) return;
  const chips = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-criterion]")];
  const at = chips.findIndex((chip) => here.contains(chip));
  event.preventDefault();
  chips[move(at, chips.length - 1)]?.focus();
}
