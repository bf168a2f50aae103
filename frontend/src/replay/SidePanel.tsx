/** Beside the board: the notes of a step, who did what, and the markers. */

import { Tabs } from "../ui/Tabs";

import { DeedList } from "./DeedList";
import { MarkerList } from "./MarkerList";
import { NotesView } from "./NotesView";
import { type Tab, TABS } from "./tabs";

const PANEL_ID = "panel";

export interface SidePanelProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly isHidden: boolean;
}

export function SidePanel({ tab, onTab, isHidden }: SidePanelProps) {
  if (isHidden) return null;
  return (
    <section className="panel" aria-label="Beside the board">
      <div className="tabs">
        <Tabs label="Panel" items={TABS} current={tab} onChoose={onTab} controls={PANEL_ID} />
      </div>
      <div
        className="panel-b"
        id={PANEL_ID}
        role="tabpanel"
        aria-label={TABS.find(({ id }) => id === tab)?.label}
      >
        {tab === "notes" ? <NotesView /> : null}
        {tab === "deeds" ? <DeedList /> : null}
        {tab === "markers" ? <MarkerList /> : null}
      </div>
    </section>
  );
}
