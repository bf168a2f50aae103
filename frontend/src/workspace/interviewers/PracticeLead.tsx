/** What one's own practice shows at a glance: the step that stands best, and where most room is. */

import type { ReactNode } from "react";

import type { FlowStep } from "../bootstrap";
import { useFlow, useSession } from "../session";

import { figure } from "./Level";
import { type ScoreReply, strongestAndWeakest } from "./scoring";

export interface PracticeLeadProps {
  readonly reply: ScoreReply;
  readonly onGo: (step: string) => void;
}

export function PracticeLead({ reply, onGo }: PracticeLeadProps) {
  const { boot } = useSession();
  const { steps } = useFlow();
  if (boot.design.kind !== "practice") return null;
  const [best, weakest] = strongestAndWeakest(reply, steps);
  if (best === undefined) {
    return (
      <p className="lead-line t2">Nothing is found yet. A few sentences in a step are a start.</p>
    );
  }
  return (
    <p className="lead-line t2">
      Furthest: <ToStep step={best} reply={reply} onGo={onGo} />
      {weakest === undefined ? null : (
        <>
          . Most room: <ToStep step={weakest} reply={reply} onGo={onGo} />
        </>
      )}
      .
    </p>
  );
}

interface ToStepProps extends PracticeLeadProps {
  readonly step: FlowStep;
}

function ToStep({ step, reply, onGo }: ToStepProps): ReactNode {
  return (
    <button type="button" className="to" onClick={() => onGo(step.id)}>
      {step.short_name}, {figure(reply.steps[step.id]?.score ?? null)}
    </button>
  );
}
