/** The head of the score: whose figure it is and how far to trust it, and how a scoring is coming on. */

import { Icon } from "../../ui/Icon";
import type { FlowStep } from "../bootstrap";
import { useSession } from "../session";

import { figure, Level, levelOfScore } from "./Level";
import {
  type Coverage,
  isOutdated,
  type Progress,
  type ScoreRun,
  shownRun,
  type StepScore,
} from "./scoring";
import type { ScoreNow } from "./useScore";
import { channelWords } from "./words";

export interface ScoreHeadProps {
  readonly step: FlowStep;
  readonly weight: number | undefined;
  readonly shown: StepScore | undefined;
  readonly score: ScoreNow;
  readonly coverage: Coverage | null;
  readonly mayRun: boolean;
}

export function ScoreHead({ step, weight, shown, score, coverage, mayRun }: ScoreHeadProps) {
  const { latest, progress } = score;
  return (
    <div className="sh">
      <h2>{step.name}</h2>
      <p className="t12 t3">
        Step {step.number}
        {weight === undefined ? "" : `, weight ${weight}`}
      </p>
      <div className="row">
        {mayRun ? <RunButtons score={score} /> : null}
        <span className="sp" />
        {shown === undefined ? null : (
          <span className="mach">
            <span className="t12 t3">Machine</span>
            <Level level={levelOfScore(shown.score)} text={figure(shown.score)} />
            <ValidationTag score={score} />
          </span>
        )}
      </div>
      {progress === null ? null : <ProgressLine progress={progress} />}
      {progress === null && latest?.run ? (
        <RunNotice
          run={latest.run}
          hasOlder={shownRun(latest) !== null}
          isOld={isOutdated(latest, coverage)}
          ask={mayRun ? score.ask : null}
        />
      ) : null}
      {shown === undefined ? null : (
        <Provenance run={latest === null || progress !== null ? null : shownRun(latest)} />
      )}
    </div>
  );
}

function RunButtons({ score }: { readonly score: ScoreNow }) {
  const { latest, progress, isAsking, ask, cancel } = score;
  const { boot } = useSession();
  const isPractice = boot.design.kind === "practice";
  if (progress !== null) {
    return (
      <button type="button" className="btn btn--sm" onClick={cancel}>
        <Icon name="x" size={14} />
        Cancel
      </button>
    );
  }
  const first = isPractice ? "Get feedback" : "Score";
  return (
    <button type="button" className="btn btn--pri btn--sm" disabled={isAsking} onClick={ask}>
      {isAsking ? <span className="spin" /> : null}
      {latest?.run ? "Score again" : first}
    </button>
  );
}

function ValidationTag({ score }: { readonly score: ScoreNow }) {
  const validation = score.latest?.validation;
  if (validation === undefined) {
    return (
      <span
        className="tag tag--line"
        title="How well it agrees with people has not been measured yet."
      >
        Unvalidated
      </span>
    );
  }
  return (
    <a className="tag tag--line" href={validation.url} title={validation.text}>
      {validation.validated ? "Validated" : "Unvalidated"}
    </a>
  );
}

function ProgressLine({ progress }: { readonly progress: Progress }) {
  const { done, total, reused } = progress;
  return (
    <>
      <progress className="bar-t" aria-label="Scoring" value={done} max={total || 1} />
      <p className="t12 t2 num" role="status">
        {total === 0 ? "Waiting to start" : `Step ${done} of ${total}`}
        {reused.length === 0 ? "" : `, ${reused.length} unchanged and kept`}
      </p>
    </>
  );
}

interface RunNoticeProps {
  readonly run: ScoreRun;
  /** A result from before this run is shown. */
  readonly hasOlder: boolean;
  readonly isOld: boolean;
  /** Null for who may not score. */
  readonly ask: (() => void) | null;
}

const OLDER = " What is shown is the score before it.";

/** What is the matter with the last run, if anything is. */
function RunNotice({ run, hasOlder, isOld, ask }: RunNoticeProps) {
  if (run.status === "failed") {
    return (
      <p className="notice notice--bad" role="alert">
        <Icon name="warn" size={14} />
        <span>
          Scoring stopped. {run.reason}
          {hasOlder ? OLDER : ""}
        </span>
        <Again label="Try again" ask={ask} />
      </p>
    );
  }
  if (run.status === "cancelled") {
    return (
      <p className="notice">
        <Icon name="info" size={14} />
        <span>The last scoring was cancelled.{hasOlder ? OLDER : ""}</span>
        <Again label="Score again" ask={ask} />
      </p>
    );
  }
  return isOld ? (
    <p className="notice notice--warn">
      <Icon name="history" size={14} />
      <span>The design has changed since this score.</span>
      <Again label="Score again" ask={ask} />
    </p>
  ) : null;
}

function Again({ label, ask }: { readonly label: string; readonly ask: (() => void) | null }) {
  return ask === null ? null : (
    <button type="button" className="to" onClick={ask}>
      {label}
    </button>
  );
}

/** What the figure can and cannot say, and where its arithmetic is. */
function Provenance({ run }: { readonly run: ScoreRun | null }) {
  const { boot } = useSession();
  const result = run?.result ?? null;
  return (
    <p className="provenance t12 t3">
      Checks what is written, not whether it is true.
      {result === null ? null : (
        <>
          {" "}
          {channelWords(result.channels)}.{" "}
          <a href={`/designs/${boot.design.id}/scores/${run?.id ?? ""}/why`}>Why this score</a>
        </>
      )}
    </p>
  );
}
