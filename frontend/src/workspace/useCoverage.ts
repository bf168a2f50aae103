/** What the machine finds in the words as they stand, read anew after each pause in the work. */

import { useEffect, useState } from "react";

import type { BoardDocument } from "../document/open";

import type { DesignEvent } from "./events";
import type { Coverage } from "./interviewers/scoring";
import type { Room } from "./rooms";
import { useSession } from "./session";

const PAUSE_MS = 500;

/** Null before the first answer, and for who may not read it: their page never asks. */
export function useCoverage(isAllowed: boolean): Coverage | null {
  const { api, board, room, events } = useSession();
  const [coverage, setCoverage] = useState<Coverage | null>(null);

  useEffect(() => {
    if (!isAllowed) return undefined;
    // A hint that does not come is no fault to speak of; the next pause asks again.
    const ask = (): void => void api.askCoverage().catch(() => undefined);
    const unsubscribe = events.subscribe((event: DesignEvent) => {
      if (event.type === "score.coverage") setCoverage(event);
      if (event.type === "hello" || event.type === "flow.switched") ask();
    });
    const stopWatching = watchPauses(board, room, ask);
    ask();
    return () => {
      unsubscribe();
      stopWatching();
    };
  }, [api, board, room, events, isAllowed]);

  return isAllowed ? coverage : null;
}

/** Calls back when nothing was changed for a moment, once the server has all of it. */
function watchPauses(board: BoardDocument, room: Room, onPause: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    if (room.connection.unstored > 0) restart();
    else if (!document.hidden) onPause();
  };
  const restart = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  };

  const { components, connections, groups } = board.items;
  const parts = [board.notes, components, connections, groups];
  for (const part of parts) part.observeDeep(restart);
  return () => {
    clearTimeout(timer);
    for (const part of parts) part.unobserveDeep(restart);
  };
}
