/** Where the interview stands, kept current: one answer of the server, counted on by `clock`. */

import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

import { useSession } from "../session";
import { useAction } from "../useAction";

import { type Reading, readingOf } from "./clock";
import type { InterviewPlay, PlayAction } from "./types";

export interface Playing {
  readonly reading: Reading;
  /** Asks the server for something; what it refuses is shown. */
  readonly act: (action: PlayAction) => void;
  readonly isBusy: boolean;
  /** False where this person wants no clock, or has none. */
  readonly showsTimes: boolean;
  readonly toggleClock: () => void;
}

/** Null without an interview, and until the first answer. */
export const PlayContext = createContext<Playing | null>(null);

export const usePlaying = (): Playing | null => useContext(PlayContext);

export function usePlay(): Playing | null {
  const { boot, api, events } = useSession();
  const [reading, setReading] = useState<Reading | null>(null);
  const hasInterview = boot.interview !== null;
  const newest = useRef(0);

  const take = useCallback(async (ask: () => Promise<InterviewPlay>): Promise<void> => {
    const turn = ++newest.current;
    const sentMs = performance.now();
    const play = await ask();
    // An answer that was overtaken by a later question tells of the past.
    if (turn === newest.current) setReading(readingOf(play, sentMs, performance.now()));
  }, []);

  useEffect(() => {
    if (!hasInterview) return undefined;
    // What cannot be asked now is asked again with the next hello.
    const look = (): void => void take(() => api.interview()).catch(() => undefined);
    const unsubscribe = events.subscribe(({ type }) => {
      if (LOOKS_AFTER.has(type)) look();
    });
    const stopWatching = watchReturns(look);
    look();
    return () => {
      unsubscribe();
      stopWatching();
    };
  }, [api, events, hasInterview, take]);

  const { run: act, isBusy } = useAction("Nothing was changed", async (action: PlayAction) =>
    take(() => api.act(action)),
  );
  const [isHidden, toggleClock] = useClockHiding();
  if (reading === null) return null;
  const showsTimes = reading.play.shows_clock && !isHidden;
  return { reading, act, isBusy, showsTimes, toggleClock };
}

const LOOKS_AFTER: ReadonlySet<string> = new Set([
  "hello",
  "interview.changed",
  "design.ended",
  "design.reopened",
  "flow.switched",
]);

const BEAT_MS = 1_000;
/** The two clocks of a browser differ by so much only after it slept, or when one was set. */
const SLEPT_MS = 1_500;

/** Calls back whenever the timer of this page may have stood still: it does while a laptop sleeps. */
function watchReturns(onReturn: () => void): () => void {
  let gapMs = Date.now() - performance.now();
  const beat = setInterval(() => {
    const gapNowMs = Date.now() - performance.now();
    if (Math.abs(gapNowMs - gapMs) > SLEPT_MS) onReturn();
    gapMs = gapNowMs;
  }, BEAT_MS);
  const show = (): void => {
    if (!document.hidden) onReturn();
  };
  document.addEventListener("visibilitychange", show);
  window.addEventListener("online", onReturn);
  window.addEventListener("pageshow", onReturn);
  return () => {
    clearInterval(beat);
    document.removeEventListener("visibilitychange", show);
    window.removeEventListener("online", onReturn);
    window.removeEventListener("pageshow", onReturn);
  };
}

const TICK_MS = 250;
let tickMs = 0;

/** performance.now(), anew four times a second, so that no second is ever skipped. */
export const useNowMs = (): number => useSyncExternalStore(subscribeToTicks, nowMs);

const nowMs = (): number => (tickMs ||= performance.now());

function subscribeToTicks(listener: () => void): () => void {
  tickMs = performance.now();
  const timer = setInterval(() => {
    tickMs = performance.now();
    listener();
  }, TICK_MS);
  return () => clearInterval(timer);
}

const HIDDEN = "ninestep.clock-hidden";

/** Whether this person wants no clock; kept in this browser. */
function useClockHiding(): readonly [boolean, () => void] {
  const [isHidden, setHidden] = useState(() => localStorage.getItem(HIDDEN) === "yes");
  const toggle = (): void => {
    localStorage.setItem(HIDDEN, isHidden ? "no" : "yes");
    setHidden(!isHidden);
  };
  return [isHidden, toggle];
}
