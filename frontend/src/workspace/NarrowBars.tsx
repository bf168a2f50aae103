/** A narrow screen shows one thing at a time: the step above it, what there is below it. */

import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";

import type { FlowStep } from "./bootstrap";
import { StepTime } from "./play/StepTime";
import type { NarrowView, PanelTab } from "./views";

export interface StepBarProps {
  readonly steps: readonly FlowStep[];
  readonly step: FlowStep;
  readonly onGo: (step: string) => void;
}

export function StepBar({ steps, step, onGo }: StepBarProps) {
  const index = steps.indexOf(step);
  const [previous, next] = [steps[index - 1], steps[index + 1]];
  return (
    <div className="stepbar">
      <IconButton
        icon="chev-l"
        label="Previous step"
        disabled={previous === undefined}
        onClick={() => previous && onGo(previous.id)}
      />
      <span className="nm">
        <b className="clip">
          {step.number} {step.name}
        </b>
        <small className="num">
          <StepTime step={step} />
        </small>
      </span>
      <IconButton
        icon="chev-r"
        label="Next step"
        disabled={next === undefined}
        onClick={() => next && onGo(next.id)}
      />
    </div>
  );
}

export interface NarrowTabsProps {
  readonly view: NarrowView;
  readonly tab: PanelTab;
  readonly maySeeScores: boolean;
  readonly onShow: (view: NarrowView, tab?: PanelTab) => void;
}

export function NarrowTabs({ view, tab, maySeeScores, onShow }: NarrowTabsProps) {
  const last: { tab: PanelTab; label: string; icon: string } = maySeeScores
    ? { tab: "score", label: "Score", icon: "bars" }
    : { tab: "diagram", label: "Diagram", icon: "map" };
  const isLast = view === "panel" && tab === last.tab;
  return (
    <nav className="mtabs" aria-label="View">
      <NarrowTab
        icon="graph"
        label="Board"
        isOn={view === "board"}
        onClick={() => onShow("board")}
      />
      <NarrowTab
        icon="note"
        label="Notes"
        isOn={view === "panel" && !isLast}
        onClick={() => onShow("panel", "notes")}
      />
      <NarrowTab
        icon="list"
        label="Steps"
        isOn={view === "steps"}
        onClick={() => onShow("steps")}
      />
      <NarrowTab
        icon={last.icon}
        label={last.label}
        isOn={isLast}
        onClick={() => onShow("panel", last.tab)}
      />
    </nav>
  );
}

interface NarrowTabProps {
  readonly icon: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

function NarrowTab({ icon, label, isOn, onClick }: NarrowTabProps) {
  return (
    <button
      type="button"
      className={`inset ${isOn ? "is-on" : ""}`}
      aria-current={isOn ? "true" : undefined}
      onClick={onClick}
    >
      <Icon name={icon} size={20} />
      {label}
    </button>
  );
}
