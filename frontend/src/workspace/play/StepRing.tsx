/** The share of a step's plan that is spent, as a ring around its number. */

import { spentS } from "./clock";
import type { PlayedStep } from "./types";
import { useNowMs, usePlaying } from "./usePlay";
import { isSkipped } from "./words";

const RADIUS = 11;
const AROUND = 2 * Math.PI * RADIUS;

export interface StepRingProps {
  readonly played: PlayedStep | undefined;
  readonly isWritten: boolean;
  readonly isCurrent: boolean;
}

/** Without a clock it is full where something is written. */
export function StepRing({ played, isWritten, isCurrent }: StepRingProps) {
  const playing = usePlaying();
  const hasTimes = played?.planned_s !== undefined && playing?.showsTimes === true;
  if (hasTimes) return <TimedRing played={played} isCurrent={isCurrent} />;
  const tone = isCurrent ? "ring--cur" : "ring--done";
  return (
    <Ring
      isDashed={played !== undefined && isSkipped(played)}
      tone={tone}
      share={isWritten ? 1 : 0}
    />
  );
}

function TimedRing({
  played,
  isCurrent,
}: {
  readonly played: PlayedStep;
  readonly isCurrent: boolean;
}) {
  const playing = usePlaying();
  const nowMs = useNowMs();
  const spent = playing === null ? 0 : (spentS(playing.reading, played, nowMs) ?? 0);
  const planned = played.planned_s ?? 0;
  const isOver = spent >= planned + 1;
  const tone = isOver ? "ring--over" : isCurrent ? "ring--cur" : "ring--done";
  const share = isOver ? 1 : planned === 0 ? 0 : spent / planned;
  return <Ring isDashed={isSkipped(played)} tone={tone} share={share} />;
}

interface RingProps {
  readonly tone: string;
  readonly share: number;
  readonly isDashed: boolean;
}

function Ring({ tone, share, isDashed }: RingProps) {
  return (
    <svg className="ring" viewBox="0 0 26 26" aria-hidden="true">
      <circle cx="13" cy="13" r={RADIUS} strokeDasharray={isDashed ? "2.6 3.2" : undefined} />
      {share <= 0 ? null : (
        <circle
          cx="13"
          cy="13"
          r={RADIUS}
          className={tone}
          strokeDasharray={`${Math.min(1, share) * AROUND} ${AROUND}`}
          transform="rotate(-90 13 13)"
        />
      )}
    </svg>
  );
}
