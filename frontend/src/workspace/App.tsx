/** The session workspace: bar, steps, board, panel, and what opens over them. */

import { lazy, Suspense, useEffect, useState } from "react";

import { Board } from "../board";
import { useNotices } from "../ui/notices";
import { toggleTheme, useTheme } from "../ui/theme";
import { useMedia } from "../ui/useMedia";

import { useWaiting } from "./aside/useWaiting";
import { Banners } from "./Banners";
import type { Bootstrap } from "./bootstrap";
import { boardCommands, doCommands, menuOf, stepCommands } from "./commands";
import { NarrowTabs, StepBar } from "./NarrowBars";
import { useWrittenSteps } from "./notesTexts";
import { type Overlay, Overlays } from "./Overlays";
import { Panel } from "./Panel";
import { peopleHere } from "./people";
import { Clock } from "./play/Clock";
import { runCommands, stepCommandsOf } from "./play/commands";
import { PlayBanners } from "./play/PlayBanners";
import { StepMenu } from "./play/StepMenu";
import { TwistCards } from "./play/TwistCards";
import { useFocusMode } from "./play/useFocusMode";
import { PlayContext, usePlay } from "./play/usePlay";
import { guardLeaving } from "./rooms";
import { rightsUnder, useSaving } from "./saving";
import { FlowContext, useDesignNow, usePeers, useSession } from "./session";
import type { WorkspaceCommand } from "./shortcuts";
import { StepRail } from "./StepRail";
import { TopBar } from "./TopBar";
import { useAction } from "./useAction";
import { useCoverage } from "./useCoverage";
import { useCurrentStep } from "./useCurrentStep";
import { useTidy } from "./useTidy";
import { type Views, useViews } from "./useViews";
import { useWorkspaceKeys } from "./useWorkspaceKeys";
import { NARROW } from "./views";

const RunControls = lazy(async () => ({ default: (await import("./running")).RunControls }));

/** The keys of an interview press the command that shows them, whichever it is just now. */
const PLAY_SHORTCUTS: Partial<Record<WorkspaceCommand, string>> = {
  "play.clock": "Alt+Shift+P",
  "play.work": "Alt+Shift+W",
  "play.dive": "Alt+Shift+D",
  "play.skip": "Alt+Shift+K",
};

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
  const playing = usePlay();
  const play = playing?.reading.play;
  useFocusMode(play?.focus_mode === true, views.setMode);
  const waiting = useWaiting();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const people = peopleHere(boot.me, step.id, usePeers());
  const written = useWrittenSteps(board.notes);
  const coverage = useCoverage(can.has("run_scoring") && !isEnded);
  const mayEdit = can.has("edit");
  const mayRun = can.has("run_interview");
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
  const { run: copy } = useAction("The board was not copied", async () => {
    location.assign(await api.copy(null));
  });
  const actions = doCommands({
    can,
    isEnded,
    documentUrl: api.documentUrl,
    myData: isInterviewed(boot) ? () => location.assign("/my-data") : null,
    copy: boot.design.kind === "practice" ? copy : null,
    isInterview: boot.interview !== null,
    leaveFor: (page) => location.assign(`/designs/${boot.design.id}/${page}`),
    theme,
    tidy,
    setMode: views.setMode,
    openTab: views.openTab,
    open: setOverlay,
    toggleTheme: () => void toggleTheme(),
    zoomToFit: () => views.board?.zoomToFit(),
    openPalette: () => views.board?.openPalette(),
  });
  const ofInterview = playing && mayRun ? runCommands(playing, () => setOverlay("end")) : [];
  const ofStep = playing ? stepCommandsOf(playing.reading.play, step, can, playing.act) : [];
  useWorkspaceKeys((command) => {
    const pressed = PLAY_SHORTCUTS[command];
    if (pressed !== undefined) {
      [...ofInterview, ...ofStep].find(({ shortcut }) => shortcut === pressed)?.run();
      return;
    }
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
    <PlayContext value={playing}>
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
            clock={
              playing === null ? null : (
                <>
                  <Clock
                    reading={playing.reading}
                    isHidden={!playing.showsTimes}
                    onToggle={playing.toggleClock}
                  />
                  {mayRun ? (
                    <Suspense>
                      <RunControls playing={playing} onEnd={() => setOverlay("end")} />
                    </Suspense>
                  ) : null}
                </>
              )
            }
          />
          <Banners isEnded={isEnded} waiting={waiting} onCopies={() => void showCopies()}>
            {playing === null ? null : (
              <PlayBanners
                playing={playing}
                isCandidate={boot.me.role === "candidate"}
                mayRun={mayRun}
                onReopen={can.has("reopen") ? () => setOverlay("reopen") : null}
              />
            )}
          </Banners>
          <StepRail
            steps={steps}
            current={step.id}
            written={written}
            people={people}
            coverage={coverage}
            onGo={go}
            menu={playing === null ? null : <StepMenu playing={playing} step={step} can={can} />}
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
              {play === undefined ? null : <TwistCards play={play} />}
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
              pointed={views.pointed}
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
              ...[...ofInterview, ...ofStep]
                .filter(({ danger = false }) => !danger) // ending is among the actions already
                .map((one) => ({ ...one, section: "Do" as const })),
              ...actions,
              ...boardCommands(board, boot.catalogue, views.showOnBoard),
            ]}
            onClose={() => setOverlay(null)}
          />
        </div>
      </FlowContext>
    </PlayContext>
  );
}

const isInterviewed = ({ me, interview }: Bootstrap): boolean =>
  me.role === "candidate" && interview !== null;

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
  const { rooms } = useSession();
  useEffect(() => guardLeaving(rooms), [rooms]);
}
