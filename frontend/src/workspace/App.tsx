/** The session workspace: bar, steps, board, panel, and what opens over them. */

import { useEffect, useState } from "react";

import { Board } from "../board";
import { useNotices } from "../ui/notices";
import { toggleTheme, useTheme } from "../ui/theme";
import { useMedia } from "../ui/useMedia";

import { useWaiting } from "./aside/useWaiting";
import { Banners } from "./Banners";
import { boardCommands, doCommands, menuOf, stepCommands } from "./commands";
import { NarrowTabs, StepBar } from "./NarrowBars";
import { useWrittenSteps } from "./notesTexts";
import { type Overlay, Overlays } from "./Overlays";
import { Panel } from "./Panel";
import { peopleHere } from "./people";
import { guardLeaving } from "./rooms";
import { rightsUnder, useSaving } from "./saving";
import { FlowContext, useDesignNow, usePeers, useSession } from "./session";
import type { WorkspaceCommand } from "./shortcuts";
import { StepRail } from "./StepRail";
import { TopBar } from "./TopBar";
import { useCoverage } from "./useCoverage";
import { useCurrentStep } from "./useCurrentStep";
import { useTidy } from "./useTidy";
import { type Views, useViews } from "./useViews";
import { useWorkspaceKeys } from "./useWorkspaceKeys";
import { NARROW } from "./views";

export function App() {
  const { boot, api, room, board, undo } = useSession();
  const { title, isEnded, flow, can: granted } = useDesignNow();
  const can = rightsUnder(useSaving().kind, granted);
  const { announce } = useNotices();
  const theme = useTheme();
  const isNarrow = useMedia(NARROW);
  const current = useCurrentStep(flow);
  const { step, steps } = current;
  const { setBoard, ...views } = useViews(current);
  const tidy = useTidy();
  const waiting = useWaiting();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const people = peopleHere(boot.me, step.id, usePeers());
  const written = useWrittenSteps(board.notes);
  const coverage = useCoverage(can.has("run_scoring") && !isEnded);
  const mayEdit = can.has("edit");
  const maySwitch = can.has("switch_flow") && boot.other_flows.length > 0;
  useTitle(title);
  useLeaving();

  const go = (id: string): void => {
    current.go(id);
    if (views.narrow === "steps") views.show("board");
  };
  const showCopies = async (): Promise<void> => {
    await waiting.look();
    setOverlay("copy");
  };
  const actions = doCommands({
    can,
    isEnded,
    documentUrl: api.documentUrl,
    replay: () => location.assign(`/designs/${boot.design.id}/replay`),
    theme,
    tidy,
    setMode: views.setMode,
    openTab: views.openTab,
    open: setOverlay,
    toggleTheme: () => void toggleTheme(),
    zoomToFit: () => views.board?.zoomToFit(),
    openPalette: () => views.board?.openPalette(),
  });
  useWorkspaceKeys((command) => {
    const changes: Partial<Record<WorkspaceCommand, () => void>> = {
      commands: () => setOverlay("commands"),
      shortcuts: () => setOverlay("shortcuts"),
      "view.board": () => views.setMode("board"),
      "view.split": () => views.setMode("split"),
      "view.notes": () => views.setMode("notes"),
      "panel.toggle": () => views.setMode(views.mode === "board" ? "split" : "board"),
    };
    const wanted = steps.find((one) => command === `step.${one.number}`);
    if (wanted) go(wanted.id);
    else changes[command]?.();
  });

  return (
    <FlowContext value={flow}>
      <div className="ws" data-mode={views.mode} data-narrow={views.narrow}>
        <TopBar
          title={title}
          people={people}
          mode={views.mode}
          onMode={views.setMode}
          onShare={can.has("manage_links") ? () => setOverlay("share") : null}
          mayEdit={mayEdit}
          onCommands={() => setOverlay("commands")}
          menu={menuOf(actions)}
        />
        <Banners isEnded={isEnded} waiting={waiting} onCopies={() => void showCopies()} />
        <StepRail
          steps={steps}
          current={step.id}
          written={written}
          people={people}
          coverage={coverage}
          onGo={go}
          onSwitch={maySwitch ? () => setOverlay("flow") : null}
        />
        <main className="stage">
          {isNarrow ? <StepBar steps={steps} step={step} onGo={go} /> : null}
          <div className="ctr">
            <Board
              ref={setBoard}
              board={board}
              undo={undo}
              presence={room.presence}
              catalogue={boot.catalogue}
              readOnly={!mayEdit}
              sprite={boot.sprite}
              announce={announce}
              {...(mayEdit ? { onTidy: tidy } : {})}
            />
          </div>
          <Panel
            step={step}
            tab={views.tab}
            can={can}
            notes={views.setNotes}
            onTab={views.setTab}
            onGo={go}
            onEvidence={views.showEvidence}
            cameFrom={views.cameFrom}
            onBack={views.goBack}
            coverage={coverage}
            onHide={views.mode === "split" && !isNarrow ? () => views.setMode("board") : null}
            widen={isNarrow ? null : widenOf(views)}
          />
        </main>
        {isNarrow ? (
          <NarrowTabs
            view={views.narrow}
            tab={views.tab}
            maySeeScores={can.has("read_scores")}
            onShow={views.show}
          />
        ) : null}
        <Overlays
          overlay={overlay}
          title={title}
          waiting={waiting}
          can={can}
          commands={() => [
            ...stepCommands(steps, go),
            ...actions,
            ...boardCommands(board, boot.catalogue, views.showOnBoard),
          ]}
          onClose={() => setOverlay(null)}
        />
      </div>
    </FlowContext>
  );
}

const widenOf = ({ mode, setMode }: Pick<Views, "mode" | "setMode">) => ({
  isWide: mode === "notes",
  toggle: () => setMode(mode === "notes" ? "split" : "notes"),
});

function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Ninestep`;
  }, [title]);
}

function useLeaving(): void {
  const { room, privateRoom } = useSession();
  useEffect(
    () => guardLeaving(privateRoom === null ? [room] : [room, privateRoom]),
    [room, privateRoom],
  );
}
