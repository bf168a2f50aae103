/** Where the interview stands, as interviewers need it beside their card and notes: states and clock. */

import { useCallback, useEffect, useRef, useState } from "react";

import { requester } from "../api";
import type { DesignEvent } from "../events";
import { useEvents, useSession } from "../session";

import type { StepStates } from "./card/cards";

/** The parts of GET designs/<id>/interview that are used here. */
interface PlayReply {
  readonly stage: "lobby" | "running" | "paused" | "ended";
  readonly elapsed_s?: number;
  readonly steps?: readonly { readonly id: string; readonly state: string }[];
}

export interface InterviewNow {
  /** Empty where there is no interview, and until the server has answered. */
  readonly states: StepStates;
  /** Of the server's clock, seconds; null before the start. */
  readonly elapsed: () => number | null;
}

export function useInterview(): InterviewNow {
  const { boot } = useSession();
  const [states, setStates] = useState<StepStates>({});
  const read = useRef<{ readonly play: PlayReply; readonly at: number } | null>(null);

  const refresh = useCallback(async () => {
    try {
      const play = await requester(boot.api)<PlayReply>("/interview");
      read.current = { play, at: performance.now() };
      // While it runs, steps that are still to come are not left out yet.
      const isOver = play.stage === "ended";
      setStates(statesOf(play, isOver));
    } catch {
      // The next change, or coming back to the page, asks again; notes go on without a stamp.
    }
  }, [boot.api]);

  useEffect(() => {
    void refresh();
    // A suspended computer stops counting.
    const comeBack = (): void => void refresh();
    document.addEventListener("visibilitychange", comeBack);
    return () => document.removeEventListener("visibilitychange", comeBack);
  }, [refresh]);
  useEvents(
    useCallback(
      (event: DesignEvent) => {
        if (event.type === "interview.changed" || event.type === "design.ended") void refresh();
      },
      [refresh],
    ),
  );

  const elapsed = useCallback(() => elapsedAt(read.current, performance.now()), []);
  return { states, elapsed };
}

export function statesOf(play: Pick<PlayReply, "steps">, isOver: boolean): StepStates {
  const rows = (play.steps ?? []).filter(({ state }) => isOver || state !== "not_reached");
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
}

/** The server's clock, carried on by this browser's while the interview runs. nowMs: monotonic. */
export function elapsedAt(
  read: { readonly play: PlayReply; readonly at: number } | null,
  nowMs: number,
): number | null {
  if (read?.play.elapsed_s === undefined || read.play.stage === "lobby") return null;
  const since = read.play.stage === "running" ? (nowMs - read.at) / 1000 : 0;
  return read.play.elapsed_s + since;
}
