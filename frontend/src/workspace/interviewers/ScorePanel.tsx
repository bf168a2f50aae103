/** The machine's reading of the current step: levels, the words they rest on, what to ask next. */

import { Icon } from "../../ui/Icon";
import type { FlowStep } from "../bootstrap";
import { useFlow, useSession } from "../session";
import { Skeleton } from "../Skeleton";

import { Criterion } from "./Criterion";
import { Level, levelOfScore } from "./Level";
import type {
  Evidence,
  Finding,
  RubricStep,
  RubricSummary,
  ScoreReply,
  ScoreState,
  StepScore,
} from "./scoring";
import type { ScoreNow } from "./useScore";

export interface ScorePanelProps {
  readonly step: FlowStep;
  readonly score: ScoreNow;
  readonly mayRun: boolean;
  readonly onGo: (step: string) => void;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function ScorePanel({ step, score, mayRun, onGo, onEvidence }: ScorePanelProps) {
  const { latest, progress } = score;
  if (latest === null) return <Skeleton label="The score is loading" />;
  const reply = latest.run?.result ?? null;
  const shown = progress?.steps[step.id] ?? (progress === null ? reply?.steps[step.id] : undefined);
  const rubric = latest.rubric.steps.find((one) => one.id === step.id);
  return (
    <>
      <ScoreHead step={step} weight={rubric?.weight} shown={shown} score={score} mayRun={mayRun} />
      <div className="crs">
        {shown ? (
          <StepCriteria shown={shown} rubric={rubric} onEvidence={onEvidence} />
        ) : (
          <NothingYet isRunning={progress !== null} mayRun={mayRun} />
        )}
        {reply !== null && progress === null ? (
          <AcrossSteps reply={reply} bands={latest.rubric.bands} onEvidence={onEvidence} />
        ) : null}
      </div>
      <StepFoot step={step} onGo={onGo} />
    </>
  );
}

interface ScoreHeadProps {
  readonly step: FlowStep;
  readonly weight: number | undefined;
  readonly shown: StepScore | undefined;
  readonly score: ScoreNow;
  readonly mayRun: boolean;
}

function ScoreHead({ step, weight, shown, score, mayRun }: ScoreHeadProps) {
  const { progress, isAsking, ask, latest } = score;
  const isBusy = isAsking || progress !== null;
  const overall = progress === null ? latest?.run?.result?.overall : undefined;
  const failed = latest?.run?.status === "failed" ? latest.run.reason : null;
  return (
    <div className="sh">
      <h2>{step.name}</h2>
      <p className="t12 t3">
        Step {step.number}
        {weight === undefined ? "" : `, weight ${weight}`}
        {overall ? `. All steps: ${figure(overall.score)}${bandWords(latest, overall.band)}` : ""}
      </p>
      <div className="row">
        {mayRun ? (
          <button type="button" className="btn btn--pri btn--sm" disabled={isBusy} onClick={ask}>
            {isBusy ? <span className="spin" /> : null}
            {latest?.run ? "Score again" : "Score"}
          </button>
        ) : null}
        {progress === null ? null : (
          <span className="t12 t2 num" role="status">
            Step {progress.done} of {progress.total || "…"}
          </span>
        )}
        <span className="sp" />
        {shown === undefined ? null : (
          <span className="mach">
            <span className="t12 t3">Machine</span>
            <Level level={levelOfScore(shown.score)} text={figure(shown.score)} />
            <span
              className="tag tag--line"
              title="How well it agrees with people has not been measured yet."
            >
              Unvalidated
            </span>
          </span>
        )}
      </div>
      {progress === null ? null : (
        <progress
          className="bar-t"
          aria-label="Scoring"
          value={progress.done}
          max={progress.total || 1}
        />
      )}
      {failed === null ? null : (
        <p className="hint hint--bad">
          <Icon name="warn" />
          {failed}
        </p>
      )}
    </div>
  );
}

interface StepCriteriaProps {
  readonly shown: StepScore;
  readonly rubric: RubricStep | undefined;
  readonly onEvidence: (evidence: Evidence) => void;
}

function StepCriteria({ shown, rubric, onEvidence }: StepCriteriaProps) {
  return shown.criteria.map((criterion) => (
    <Criterion
      key={criterion.id}
      score={criterion}
      rubric={rubric?.criteria.find((one) => one.id === criterion.id)}
      onEvidence={onEvidence}
    />
  ));
}

function NothingYet({
  isRunning,
  mayRun,
}: {
  readonly isRunning: boolean;
  readonly mayRun: boolean;
}) {
  if (isRunning) return <Skeleton label="This step is being read" />;
  return (
    <div className="empty">
      <span className="tile">
        <Icon name="bars" />
      </span>
      <h3>Not scored yet</h3>
      <p>
        {mayRun
          ? "Score reads the notes and the board of all steps, and says what each level rests on."
          : "Nobody has asked for a score of this session."}
      </p>
    </div>
  );
}

interface AcrossStepsProps {
  readonly reply: ScoreReply;
  readonly bands: RubricSummary["bands"];
  readonly onEvidence: (evidence: Evidence) => void;
}

function AcrossSteps({ reply, bands, onEvidence }: AcrossStepsProps) {
  const { score, band, coverage } = reply.overall;
  return (
    <section className="overall" aria-label="All steps">
      <h3>All steps</h3>
      <div className="row">
        <span className="figure num">{figure(score)}</span>
        <span>
          {score === null ? "Too little is written for a figure" : bandName(bands, band)}
          <small className="t12 t3 num">
            {Math.round(coverage * 100)} % of the rubric is spoken about
          </small>
        </span>
        <span className="sp" />
        <span className="tag tag--line">Unvalidated</span>
      </div>
      {reply.findings.map((finding) => (
        <FindingView key={finding.rule} finding={finding} onEvidence={onEvidence} />
      ))}
      <p className="t12 t3">
        Rubric {reply.rubric.id} {reply.rubric.version}, engine {reply.engine.id}{" "}
        {reply.engine.version}
      </p>
    </section>
  );
}

interface FindingViewProps {
  readonly finding: Finding;
  readonly onEvidence: (evidence: Evidence) => void;
}

function FindingView({ finding, onEvidence }: FindingViewProps) {
  const { room } = useSession();
  const components = room.doc.getMap("components");
  const there = finding.components.filter((id) => components.has(id));
  return (
    <p className="ask-next">
      <Icon name="ask" size={14} />
      <span>
        <b>Ask next</b>
        {finding.question}
        {there.length === 0 ? null : (
          <button
            type="button"
            className="to"
            onClick={() => onEvidence({ source: "component", id: there[0] ?? "", quote: "" })}
          >
            Board, {there.length === 1 ? "1 part" : `${there.length} parts`}
          </button>
        )}
      </span>
    </p>
  );
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

const figure = (score: number | null): string =>
  score === null ? "NE" : String(Math.round(score));

const bandName = (bands: RubricSummary["bands"], id: string): string =>
  bands.find((one) => one.id === id)?.name ?? id;

const bandWords = (latest: ScoreState | null, band: string): string =>
  latest === null || band === "" ? "" : `, ${bandName(latest.rubric.bands, band)}`;
