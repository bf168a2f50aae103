/** The tabs of interviewers. Loaded only by those who may read them. */

import type { FlowStep } from "../bootstrap";
import { useSession } from "../session";
import type { ScoredPlace } from "../useViews";

import { PrivateNotes } from "./PrivateNotes";
import { ScorePanel } from "./ScorePanel";
import type { Coverage, Evidence } from "./scoring";
import { useScore } from "./useScore";

export interface InterviewerTabsProps {
  /** Null while another tab is shown; a running score is still followed. */
  readonly tab: "score" | "private" | null;
  readonly step: FlowStep;
  readonly mayRunScoring: boolean;
  readonly mayEdit: boolean;
  readonly onGo: (step: string) => void;
  readonly onEvidence: (evidence: Evidence, from: ScoredPlace | null) => void;
  readonly cameFrom: ScoredPlace | null;
  readonly coverage: Coverage | null;
}

export default function InterviewerTabs(props: InterviewerTabsProps) {
  const { tab, step, mayRunScoring, mayEdit, ...shown } = props;
  const { privateRoom } = useSession();
  const score = useScore(tab === "score");
  if (tab === "score") {
    return <ScorePanel step={step} score={score} mayRun={mayRunScoring} {...shown} />;
  }
  if (tab === "private" && privateRoom !== null) {
    return <PrivateNotes room={privateRoom} step={step} mayEdit={mayEdit} />;
  }
  return null;
}
