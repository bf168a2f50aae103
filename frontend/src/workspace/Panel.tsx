/** The panel of the current step: what everybody has, and below it what only interviewers have. */

import { lazy, type Ref, Suspense } from "react";

import type { NotesHandle } from "../notes";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Tabs } from "../ui/Tabs";

import type { Action, FlowStep } from "./bootstrap";
import { DiagramPanel, type DiagramPanelProps } from "./DiagramPanel";
import { GuidePanel } from "./GuidePanel";
import type { Coverage, Evidence } from "./interviewers/scoring";
import { NotesPanel } from "./NotesPanel";
import { Resizer } from "./Resizer";
import { useSession } from "./session";
import { Skeleton } from "./Skeleton";
import type { ScoredPlace } from "./useViews";
import { OPEN_TABS, type PanelTab } from "./views";

const InterviewerTabs = lazy(() => import("./interviewers"));

const PANEL_ID = "panel";

export interface PanelProps {
  readonly step: FlowStep;
  readonly tab: PanelTab;
  readonly can: ReadonlySet<Action>;
  readonly notes: Ref<NotesHandle>;
  readonly onTab: (tab: PanelTab) => void;
  readonly onGo: (step: string) => void;
  readonly onEvidence: (evidence: Evidence, from: ScoredPlace | null) => void;
  readonly cameFrom: ScoredPlace | null;
  readonly onBack: () => void;
  /** What the machine finds in the words as they stand; null for who may not know. */
  readonly coverage: Coverage | null;
  /** What is selected in the notes or on the board, to be pointed at. */
  readonly pointed: () => Evidence | null;
  /** Null where the panel is all there is. */
  readonly onHide: (() => void) | null;
  readonly widen: DiagramPanelProps["widen"];
}

export function Panel(props: PanelProps) {
  const { step, tab, can, notes, onTab, onGo, onHide, widen } = props;
  return (
    <section className="panel" aria-label={`Step ${step.number}, ${step.name}`}>
      {onHide === null ? null : <Resizer />}
      <div className="tabs">
        <Tabs
          label="Step panel"
          items={OPEN_TABS}
          current={tab}
          onChoose={onTab}
          controls={PANEL_ID}
        />
        <span className="sp" />
        {onHide === null ? null : (
          <IconButton
            icon="panel"
            label="Hide the panel"
            shortcut="Ctrl+\"
            size={28}
            onClick={onHide}
          />
        )}
      </div>
      {can.has("read_scores") ? <InterviewerRow can={can} tab={tab} onTab={onTab} /> : null}
      <div className="panel-b" id={PANEL_ID} role="tabpanel" aria-label={labelOf(tab)}>
        {tab === "notes" ? (
          <NotesPanel
            step={step}
            mayEdit={can.has("edit")}
            handle={notes}
            onBack={props.cameFrom === null ? null : props.onBack}
          />
        ) : null}
        {tab === "guide" ? (
          <GuidePanel step={step} mayEdit={can.has("edit")} mayRun={can.has("run_interview")} />
        ) : null}
        {tab === "diagram" ? <DiagramPanel mayExport={can.has("export")} widen={widen} /> : null}
        {can.has("read_scores") ? (
          <Suspense fallback={<Skeleton label="Loading" />}>
            <InterviewerTabs
              tab={isOfInterviewers(tab) ? tab : null}
              step={step}
              mayRunScoring={can.has("run_scoring")}
              mayEdit={can.has("edit_private")}
              onGo={onGo}
              onEvidence={props.onEvidence}
              cameFrom={props.cameFrom}
              coverage={props.coverage}
              pointed={props.pointed}
            />
          </Suspense>
        ) : null}
      </div>
    </section>
  );
}

interface InterviewerRowProps {
  readonly can: ReadonlySet<Action>;
  readonly tab: PanelTab;
  readonly onTab: (tab: PanelTab) => void;
}

function InterviewerRow({ can, tab, onTab }: InterviewerRowProps) {
  const isPractice = useSession().boot.design.kind === "practice";
  const items: { id: PanelTab; label: string }[] = [{ id: "score", label: "Score" }];
  if (can.has("read_private")) {
    items.push({ id: "private", label: "Private notes" });
    if (!isPractice) items.push({ id: "model", label: "Model answer" });
  }
  return (
    <div className="tabs2">
      <span className="over" title="Never sent to a candidate or a reader">
        <Icon name="lock" size={12} />
        {isPractice ? "Feedback" : "Interviewers"}
      </span>
      <Tabs
        label="For interviewers only"
        items={items}
        current={tab}
        onChoose={onTab}
        controls={PANEL_ID}
      />
    </div>
  );
}

const LABELS: Readonly<Record<PanelTab, string>> = {
  notes: "Notes",
  guide: "Guide",
  diagram: "Diagram",
  score: "Score",
  private: "Private notes",
  model: "Model answer",
};

const isOfInterviewers = (tab: PanelTab): tab is "score" | "private" | "model" =>
  tab === "score" || tab === "private" || tab === "model";

const labelOf = (tab: PanelTab): string => LABELS[tab];
