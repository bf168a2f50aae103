/** Minutes of a step in words: planned, and spent once it was worked on. */

import type { FlowStep } from "../bootstrap";

import { clockWords, plannedWords, type Reading, spentS } from "./clock";
import type { PlayedStep } from "./types";
import { useNowMs, usePlaying } from "./usePlay";
import { isSkipped } from "./words";

export interface StepTimeProps {
  readonly step: FlowStep;
}

/** Nothing where this person has no clock. */
export function StepTime({ step }: StepTimeProps) {
  const playing = usePlaying();
  if (playing === null) return <>{step.minutes} min planned</>;
  const played = playing.reading.play.steps.find((one) => one.id === step.id);
  if (played?.planned_s === undefined || !playing.showsTimes) return null;
  return <PlayedTime reading={playing.reading} step={played} plannedS={played.planned_s} />;
}

interface PlayedTimeProps {
  readonly reading: Reading;
  readonly step: PlayedStep;
  readonly plannedS: number;
}

function PlayedTime({ reading, step, plannedS }: PlayedTimeProps) {
  const spent = spentS(reading, step, useNowMs()) ?? 0;
  if (spent < 1) {
    return (
      <>
        {plannedWords(plannedS)} {isSkipped(step) ? "given back" : "planned"}
      </>
    );
  }
  return (
    <>
      <span className={spent >= plannedS + 1 ? "over-plan" : ""}>{clockWords(spent)}</span> of{" "}
      {plannedWords(plannedS)}
    </>
  );
}
