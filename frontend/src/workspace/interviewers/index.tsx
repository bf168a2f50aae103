/** The tabs of interviewers. Loaded only by those who may read them. */

import "../../styles/cards.css";

import { useEffect, useEffectEvent, useState } from "react";

import { useNotices } from "../../ui/notices";
import type { FlowStep } from "../bootstrap";
import { useSession } from "../session";
import type { ScoredPlace } from "../useViews";

import { type CardEvidence, VERDICT, withEvidence } from "./card/cards";
import { ScoreCard } from "./card/ScoreCard";
import { useCard } from "./card/useCard";
import { ModelAnswer } from "./ModelAnswer";
import { PrivateNotes } from "./PrivateNotes";
import { ScorePanel } from "./ScorePanel";
import type { Coverage, Evidence } from "./scoring";
import { useInterview } from "./useInterview";
import { useScore } from "./useScore";

export interface InterviewerTabsProps {
  /** Null while another tab is shown; a running score is still followed. */
  readonly tab: "score" | "private" | "model" | null;
  readonly step: FlowStep;
  readonly mayRunScoring: boolean;
  readonly mayEdit: boolean;
  readonly onGo: (step: string) => void;
  readonly onEvidence: (evidence: Evidence, from: ScoredPlace | null) => void;
  readonly cameFrom: ScoredPlace | null;
  readonly coverage: Coverage | null;
  readonly pointed: () => Evidence | null;
}

export default function InterviewerTabs(props: InterviewerTabsProps) {
  const isInterview = useSession().boot.design.kind === "interview";
  return isInterview ? <OfInterview {...props} /> : <OfPractice {...props} />;
}

function MachineScore({ tab, step, mayRunScoring, ...shown }: InterviewerTabsProps) {
  const score = useScore(tab === "score");
  if (tab !== "score") return null;
  return <ScorePanel step={step} score={score} mayRun={mayRunScoring} {...shown} />;
}

/** Practice, and interviews from before there were cards. */
function OfPractice(props: InterviewerTabsProps) {
  const { tab, step, mayEdit, pointed } = props;
  const { privateRoom } = useSession();
  if (tab === "score" || tab === null) return <MachineScore {...props} />;
  if (tab === "private" && privateRoom !== null) {
    return (
      <PrivateNotes
        step={step}
        mayEdit={mayEdit}
        elapsed={noClock}
        pointed={pointed}
        onEvidence={props.onEvidence}
      />
    );
  }
  return null;
}

const noClock = (): null => null;

function OfInterview(props: InterviewerTabsProps) {
  const { tab, step, mayEdit, pointed, cameFrom, onEvidence } = props;
  const { states, elapsed } = useInterview();
  const { privateRoom } = useSession();
  const found = useCard();
  const card = found === "none" ? null : found;
  const [showsMachine, setShowsMachine] = useState(false);
  const { announce, toast } = useNotices();
  const focus = useFocusedItem(step.id);

  const pointedNow = (): CardEvidence | null => cardEvidenceOf(pointed(), elapsed());
  useEvidenceKey(() => {
    const item = card?.items.find(({ id }) => id === focus.item);
    if (card === null || item === undefined || card.isSubmitted) return;
    const evidence = pointedNow();
    if (evidence === null) return;
    card.rate(item.id, (now) => withEvidence(now, evidence));
    announce(`Evidence for ${item.name}.`);
    toast({ text: `Evidence for ${item.name}` });
  });

  if (found === "none") return <OfPractice {...props} />;
  if (tab === "score") {
    const hasMachine = card?.panel?.machine != null;
    const views = hasMachine ? (
      <CardOrMachine isMachine={showsMachine} onChoose={setShowsMachine} />
    ) : null;
    if (hasMachine && showsMachine) {
      return (
        <>
          <div className="private-bar">{views}</div>
          <MachineScore {...props} />
        </>
      );
    }
    return (
      <ScoreCard
        views={views}
        card={card}
        step={step}
        states={states}
        focused={focus.item}
        onFocus={focus.set}
        pointed={pointedNow}
        cameFrom={cameFrom}
        onEvidence={onEvidence}
      />
    );
  }
  if (tab === "private" && privateRoom !== null) {
    return (
      <PrivateNotes
        step={step}
        mayEdit={mayEdit}
        elapsed={elapsed}
        pointed={pointed}
        onEvidence={onEvidence}
      />
    );
  }
  return tab === "model" ? <ModelAnswer step={step} /> : null;
}

interface CardOrMachineProps {
  readonly isMachine: boolean;
  readonly onChoose: (isMachine: boolean) => void;
}

/** The machine's whole reading is a click away once the server shows it. */
function CardOrMachine({ isMachine, onChoose }: CardOrMachineProps) {
  return (
    <span className="seg" role="group" aria-label="What is shown">
      {[false, true].map((machine) => (
        <button
          key={String(machine)}
          type="button"
          className={isMachine === machine ? "is-on" : ""}
          aria-pressed={isMachine === machine}
          onClick={() => onChoose(machine)}
        >
          {machine ? "Machine's reading" : "Card"}
        </button>
      ))}
    </span>
  );
}

/** The item that evidence goes to: the one last at, and the step's when one goes to another step. */
function useFocusedItem(step: string) {
  const [at, setAt] = useState({ step, item: step });
  if (at.step !== step && at.item !== VERDICT) setAt({ step, item: step });
  const set = (item: string): void => setAt({ step, item });
  return { item: at.item, set };
}

function cardEvidenceOf(found: Evidence | null, clock: number | null): CardEvidence | null {
  if (found === null) return null;
  const clock_s = clock === null ? null : Math.floor(clock);
  if (found.source === "notes") {
    const { step, start, end, quote } = found;
    return { kind: "note", pointer: { step, start, end, quote }, clock_s };
  }
  return { kind: found.source, pointer: { id: found.id, name: found.quote }, clock_s };
}

/** Alt+E anywhere; E alone in notes that one may only read. On the board, E is the eraser. */
function useEvidenceKey(take: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.code !== "KeyE" || event.ctrlKey || event.metaKey) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    const isReading = target?.closest(".notes") != null && !target.isContentEditable;
    if (!event.altKey && !isReading) return;
    event.preventDefault();
    take();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event);
    window.addEventListener("keydown", listener, { capture: true });
    return () => window.removeEventListener("keydown", listener, { capture: true });
  }, []);
}
