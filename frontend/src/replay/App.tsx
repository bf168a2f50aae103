/** The replay of a session: the board as it was, what was written, and the track to move along. */

import { useEffect, useState } from "react";

import { Board } from "../board";
import { useStore } from "../board/useStore";
import { useNotices } from "../ui/notices";
import { useMedia } from "../ui/useMedia";
import { NARROW } from "../workspace/views";

import { Bar } from "./Bar";
import { Foot } from "./Foot";
import { Messages } from "./Messages";
import { NarrowTabs } from "./NarrowTabs";
import { useReplay } from "./session";
import { SidePanel } from "./SidePanel";
import type { View } from "./tabs";
import { usePlaying } from "./usePlaying";
import { useReplayKeys } from "./useReplayKeys";

export function App() {
  const { boot, stage, undo, echoes, contents, loader, setBoard } = useReplay();
  const { announce } = useNotices();
  const isNarrow = useMedia(NARROW);
  const [view, setView] = useState<View>(isNarrow ? "board" : "notes");
  const isEmpty = useStore(contents, ({ count }) => count === 0);
  usePlaying();
  useReplayKeys();
  useEffect(() => {
    void loader.load();
    // What has ended goes no further.
    return boot.design.ended ? undefined : loader.watch();
  }, [loader, boot]);

  return (
    <div className="rp" data-view={view === "board" ? "board" : "panel"}>
      <Bar />
      <Messages />
      <main className="stage">
        <div className="ctr" aria-busy={isEmpty}>
          <Board
            ref={setBoard}
            board={stage.board}
            undo={undo}
            presence={echoes.presence}
            catalogue={boot.catalogue}
            readOnly
            sprite={boot.sprite}
            announce={announce}
          />
        </div>
        <SidePanel
          tab={view === "board" ? "notes" : view}
          onTab={setView}
          isHidden={isNarrow && view === "board"}
        />
      </main>
      <Foot />
      {isNarrow ? <NarrowTabs view={view} onView={setView} /> : null}
    </div>
  );
}
