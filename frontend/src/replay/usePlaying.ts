/** Lets the replay run while it plays, once an animation frame. */

import { useEffect } from "react";

import { useStore } from "../board/useStore";

import { useReplay } from "./session";

/** A tab that was away does not catch up. */
const LONGEST_FRAME_MS = 250;

export function usePlaying(): void {
  const { player } = useReplay();
  const isPlaying = useStore(player.state, (state) => state.isPlaying);
  useEffect(() => {
    if (!isPlaying) return undefined;
    let last = performance.now();
    let frame = requestAnimationFrame(run);
    function run(now: number): void {
      player.tick(Math.min(Math.max(now - last, 0), LONGEST_FRAME_MS));
      last = now;
      frame = requestAnimationFrame(run);
    }
    return () => cancelAnimationFrame(frame);
  }, [player, isPlaying]);
}
