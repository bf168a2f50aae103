/** The Graphviz picture of the board, drawn again soon after the last stored edit. */

import { useEffect, useState } from "react";

import type { BoardDocument } from "../document/open";
import type { Theme } from "../ui/theme";

import type { Room } from "./rooms";
import { useSession } from "./session";
import { sentenceOf } from "./useAction";

export interface DiagramNow {
  /** The last good picture. */
  readonly picture: SVGSVGElement | null;
  readonly note: string | null;
  readonly error: string | null;
}

const NOTHING: DiagramNow = { picture: null, note: null, error: null };
const DRAW_AFTER_MS = 200;

export function useDiagram(theme: Theme): DiagramNow {
  const { api, board, room } = useSession();
  const [now, setNow] = useState(NOTHING);

  useEffect(() => {
    const abort = new AbortController();
    let isDrawing = false;
    let isStale = false;

    /** One request at a time; what changed meanwhile is drawn after it. */
    const draw = async (): Promise<void> => {
      isStale = isDrawing;
      if (isDrawing) return;
      isDrawing = true;
      try {
        const { svg, note } = await api.diagram(theme, abort.signal);
        setNow({ picture: parse(svg), note, error: null });
      } catch (error) {
        if (abort.signal.aborted) return;
        setNow((last) => ({ ...last, error: sentenceOf(error) }));
      }
      isDrawing = false;
      if (isStale) void draw();
    };

    void draw();
    const stopWatching = watchStoredEdits(board, room, () => void draw());
    return () => {
      abort.abort();
      stopWatching();
    };
  }, [api, board, room, theme]);

  return now;
}

/** Calls back a moment after a change of the board, once the server has all of it. */
function watchStoredEdits(board: BoardDocument, room: Room, onStored: () => void): () => void {
  let isChanged = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = (): void => {
    timer = undefined;
    if (!isChanged || room.connection.unstored > 0) return;
    isChanged = false;
    onStored();
  };
  const schedule = (): void => {
    if (isChanged) timer ??= setTimeout(look, DRAW_AFTER_MS);
  };
  const changed = (): void => {
    isChanged = true;
    schedule();
  };

  const maps = Object.values(board.items);
  for (const map of maps) map.observeDeep(changed);
  const unsubscribe = room.connection.subscribe(schedule);
  return () => {
    clearTimeout(timer);
    for (const map of maps) map.unobserveDeep(changed);
    unsubscribe();
  };
}

/** The server has let through only what is on its list; this page's policy forbids scripts besides. */
function parse(svg: string): SVGSVGElement | null {
  const { documentElement } = new DOMParser().parseFromString(svg, "image/svg+xml");
  return documentElement instanceof SVGSVGElement
    ? document.importNode(documentElement, true)
    : null;
}
