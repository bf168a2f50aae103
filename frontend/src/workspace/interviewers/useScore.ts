/** The machine's reading of this design: asked for, followed while it runs, and the last one kept. */

import { useCallback, useEffect, useRef, useState } from "react";

import { useNotices } from "../../ui/notices";
import type { DesignEvent } from "../events";
import { useEvents, useSession } from "../session";
import { useAction, useFailure } from "../useAction";

import { advance, type Progress, type ScoreState, started } from "./scoring";

export interface ScoreNow {
  /** Null until the server has answered. */
  readonly latest: ScoreState | null;
  readonly progress: Progress | null;
  readonly isAsking: boolean;
  readonly ask: () => void;
  readonly cancel: () => void;
}

/** isShown: the score is read anew when one comes to it, for the design may have gone on. */
export function useScore(isShown: boolean): ScoreNow {
  const { api } = useSession();
  const { announce, toast } = useNotices();
  const fail = useFailure();
  const [latest, setLatest] = useState<ScoreState | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);

  // A run may end while an older answer, which knows it only as running, is still on its way.
  const asked = useRef(0);
  const refresh = useCallback(async () => {
    const own = ++asked.current;
    try {
      const state = await api.latestScore();
      if (own !== asked.current) return;
      setLatest(state);
      setProgress((now) => now ?? underWay(state));
    } catch (error) {
      fail("The score could not be read", error);
    }
  }, [api, fail]);

  const follow = useCallback(
    (event: DesignEvent) => {
      if (event.type === "flow.switched") {
        // Another flow is scored by another rubric.
        setProgress(null);
        void refresh();
      }
      if (!isScoreEvent(event)) return;
      setProgress((now) => advance(now, event));
      switch (event.type) {
        case "score.done":
          announce("The score is ready.");
          void refresh();
          break;
        case "score.failed":
          toast({ text: "Scoring stopped", more: event.reason, tone: "bad" });
          void refresh();
          break;
        case "score.cancelled":
          announce("Scoring was cancelled.");
          void refresh();
      }
    },
    [announce, refresh, toast],
  );

  useEffect(() => void refresh(), [refresh, isShown]);
  useEvents(follow);
  const starting = useAction("Scoring did not start", async () => {
    announce("Scoring has started.");
    const { status } = await api.score();
    if (status === "done") toast({ text: "Nothing has changed since this score" });
    // No event will come then; and one that came before this page listened is made up for.
    await refresh();
  });
  const stopping = useAction("Scoring was not cancelled", async () => {
    if (progress !== null) await api.cancelScore(progress.run);
  });
  return { latest, progress, isAsking: starting.isBusy, ask: starting.run, cancel: stopping.run };
}

type ScoreEventOnly = Extract<DesignEvent, { type: `score.${string}` }>;

const isScoreEvent = (event: DesignEvent): event is ScoreEventOnly =>
  event.type.startsWith("score.");

/** A run that was started before this page was opened. */
function underWay({ run }: ScoreState): Progress | null {
  const isUnderWay = run?.status === "queued" || run?.status === "running";
  return isUnderWay ? started(run.id, run.done, run.total) : null;
}
