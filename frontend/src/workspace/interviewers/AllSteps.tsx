/** The whole design: its figure, the score of each step, and what the board leaves open. */

import { Icon } from "../../ui/Icon";
import { useFlow, useSession } from "../session";

import { figure, Level, levelOfScore } from "./Level";
import { Question } from "./Lines";
import type { Evidence, Finding, RubricSummary, ScoreReply } from "./scoring";

export interface AllStepsProps {
  readonly reply: ScoreReply;
  readonly bands: RubricSummary["bands"];
  readonly onGo: (step: string) => void;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function AllSteps({ reply, bands, onGo, onEvidence }: AllStepsProps) {
  const { score, band, coverage } = reply.overall;
  const { boot } = useSession();
  const isPractice = boot.design.kind === "practice";
  return (
    <section className="overall" aria-label="All steps">
      <h3>All steps</h3>
      <div className="row">
        <span className="figure num">{figure(score)}</span>
        <span>
          {score === null ? "Too little is written for a figure" : bandOf(bands, band, isPractice)}
          <small className="t12 t3 num">
            {Math.round(coverage * 100)} % of the rubric is spoken about
          </small>
        </span>
      </div>
      <StepScores reply={reply} onGo={onGo} />
      {reply.findings.map((finding) => (
        <FindingView
          key={finding.rule}
          finding={finding}
          title={isPractice ? "Think about" : "Ask next"}
          onEvidence={onEvidence}
        />
      ))}
      {isPractice ? (
        <p>
          <a className="btn btn--sm" href={`/designs/${boot.design.id}/progress`}>
            <Icon name="bars" size={14} />
            Your progress
          </a>
        </p>
      ) : null}
      <p className="t12 t3">
        Rubric {reply.rubric.id} {reply.rubric.version}, engine {reply.engine.id}{" "}
        {reply.engine.version}
      </p>
    </section>
  );
}

function StepScores({ reply, onGo }: Pick<AllStepsProps, "reply" | "onGo">) {
  const { steps } = useFlow();
  return (
    <ol className="step-scores">
      {steps.map(({ id, number, name }) => {
        const result = reply.steps[id];
        return result === undefined ? null : (
          <li key={id}>
            <button type="button" onClick={() => onGo(id)}>
              <span className="num t3">{number}</span>
              <span>{name}</span>
              <Level level={levelOfScore(result.score)} text={outOf(result.score)} />
            </button>
          </li>
        );
      })}
    </ol>
  );
}

interface FindingViewProps {
  readonly finding: Finding;
  readonly title: string;
  readonly onEvidence: (evidence: Evidence) => void;
}

function FindingView({ finding, title, onEvidence }: FindingViewProps) {
  const { room } = useSession();
  const components = room.doc.getMap("components");
  const there = finding.components.filter((id) => components.has(id));
  return (
    <Question title={title}>
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
    </Question>
  );
}

/** A step that is out of play has no figure. */
const outOf = (score: number | null): string => (score === null ? "–" : figure(score));

/** A band is a verdict on a candidate; one's own practice has none. */
function bandOf(bands: RubricSummary["bands"], id: string, isPractice: boolean): string {
  if (isPractice) return "of 100, over all steps";
  return bands.find((one) => one.id === id)?.name ?? id;
}
