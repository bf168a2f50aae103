/** The time of the whole interview in words, above its steps. */

import type { FlowStep } from "../bootstrap";

import { clockWords, elapsedS, plannedWords, type Reading } from "./clock";
import { useNowMs, usePlaying } from "./usePlay";

export function PlanTime({ steps }: { readonly steps: readonly FlowStep[] }) {
  const playing = usePlaying();
  if (playing === null) {
    return <>{steps.reduce((sum, step) => sum + step.minutes, 0)} min planned</>;
  }
  return playing.showsTimes ? <PlayedPlan reading={playing.reading} /> : null;
}

function PlayedPlan({ reading }: { readonly reading: Reading }) {
  const elapsed = elapsedS(reading, useNowMs()) ?? 0;
  const planned = plannedWords(reading.play.planned_s ?? 0);
  if (reading.play.stage === "lobby") return <>{planned} planned</>;
  return (
    <>
      {clockWords(elapsed)} of {planned}
    </>
  );
}
