/** Listens for the keys of the replay, wherever the focus is. */

import { useEffect } from "react";

import { commandOf, focusOf, type ReplayCommand } from "./keys";
import { markerFrom } from "./markers";
import { JUMP_MS } from "./player";
import { type ReplaySession, useReplay } from "./session";

export function useReplayKeys(): void {
  const session = useReplay();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const command = commandOf(event, focusOf(event.target));
      if (command === null || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      obey(session, command);
    };
    // Before the board's own keys, which leave alone what is taken already.
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [session]);
}

export function obey(session: ReplaySession, command: ReplayCommand): void {
  const { player, contents } = session;
  const { time, shown } = player.state.get();
  const toMarker = (by: 1 | -1): void => {
    const marker = markerFrom(contents.get().markers, shown - 1, by);
    if (marker) player.showRow(marker.row);
  };
  const acts: Record<ReplayCommand, () => void> = {
    toggle: () => player.toggle(),
    next: () => player.step(1),
    previous: () => player.step(-1),
    forward: () => player.seek(time + JUMP_MS),
    back: () => player.seek(time - JUMP_MS),
    start: () => player.toStart(),
    end: () => player.toEnd(),
    "marker.next": () => toMarker(1),
    "marker.previous": () => toMarker(-1),
  };
  acts[command]();
}
