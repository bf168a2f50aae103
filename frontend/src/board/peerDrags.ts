/** The drags of the others, shown while they are under way. */

import type { Presence } from "../sync/presence";

import type { BoardView } from "./BoardView";

/** Time for the drop of another's drag to arrive after the word that it ended. */
const LANDING_MS = 1_000;

/** Shows each until its drop arrives, or its owner leaves. */
export function followDrags(view: BoardView, presence: Presence): () => void {
  const dragging = new Map<string, ReturnType<typeof setTimeout> | null>();

  const land = (who: string): void => {
    dragging.delete(who);
    view.setDrag(who, null);
  };
  const follow = (): void => {
    const here = new Set<string>();
    for (const { client, drag } of presence.peers()) {
      const who = `peer ${client}`;
      here.add(who);
      const landing = dragging.get(who);
      if (drag) {
        if (landing) clearTimeout(landing);
        dragging.set(who, null);
        view.setDrag(who, drag);
      } else if (landing === null) {
        dragging.set(
          who,
          setTimeout(() => land(who), LANDING_MS),
        );
      }
    }
    for (const who of [...dragging.keys()].filter((each) => !here.has(each))) land(who);
  };
  const stop = presence.subscribe(follow);
  follow();
  return () => {
    stop();
    for (const [who, landing] of dragging) {
      if (landing) clearTimeout(landing);
      view.setDrag(who, null);
    }
  };
}
