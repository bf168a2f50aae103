/** What everybody should know of the interview now: quiet time, frozen editing, a pause, its end. */

import { Banner } from "../Banner";

import { clockWords, thinkingLeftS } from "./clock";
import { type Playing, useNowMs } from "./usePlay";

export interface PlayBannersProps {
  readonly playing: Playing;
  readonly isCandidate: boolean;
  readonly mayRun: boolean;
  /** Null for who may not open it again. */
  readonly onReopen: (() => void) | null;
}

export function PlayBanners({ playing, isCandidate, mayRun, onReopen }: PlayBannersProps) {
  const { stage, is_frozen: isFrozen } = playing.reading.play;
  return (
    <>
      <ThinkingBanner playing={playing} mayRun={mayRun} />
      {stage === "lobby" && mayRun ? (
        <Banner
          tone="acc"
          icon="eye-off"
          action={{ label: "Start the clock", run: () => playing.act({ do: "start" }) }}
        >
          The candidate does not see the board yet, only the written brief.
        </Banner>
      ) : null}
      {isFrozen && stage !== "ended" ? (
        <FrozenBanner playing={playing} isCandidate={isCandidate} mayRun={mayRun} />
      ) : null}
      {stage === "paused" && !mayRun ? (
        <Banner tone="acc" icon="pause">
          The clock is paused. Take a breath; nothing is counted.
        </Banner>
      ) : null}
      {stage === "ended" ? (
        <Banner
          tone="acc"
          icon="lock"
          {...(onReopen === null ? {} : { action: { label: "Reopen", run: onReopen } })}
        >
          This interview has ended. The board and the notes stay as they are.
        </Banner>
      ) : null}
    </>
  );
}

/** A countdown that everybody sees alike. */
function ThinkingBanner({ playing, mayRun }: Pick<PlayBannersProps, "playing" | "mayRun">) {
  const left = thinkingLeftS(playing.reading, useNowMs());
  if (left <= 0) return null;
  const breakOff = (): void => playing.act({ do: "thinking", seconds: 0 });
  return (
    <Banner
      tone="acc"
      icon="clock"
      {...(mayRun ? { action: { label: "Break off", run: breakOff } } : {})}
    >
      <b>Time to think.</b> Nobody asks anything.{" "}
      <span role="timer" className="num">
        {clockWords(Math.ceil(left))}
      </span>
    </Banner>
  );
}

function FrozenBanner({ playing, isCandidate, mayRun }: Omit<PlayBannersProps, "onReopen">) {
  const unfreeze = (): void => playing.act({ do: "unfreeze" });
  return (
    <Banner
      tone="acc"
      icon="lock"
      {...(mayRun ? { action: { label: "Unfreeze", run: unfreeze } } : {})}
    >
      {isCandidate
        ? "Editing is paused for a moment. Everything you made is kept; you can look at all of it."
        : "The candidate can look but not edit now."}
    </Banner>
  );
}
