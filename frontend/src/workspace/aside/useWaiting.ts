/** The copies that wait for a decision, compared as soon as the design is here. */

import { useCallback, useEffect, useState } from "react";

import { useNotices } from "../../ui/notices";
import type { Room } from "../rooms";
import { useSession } from "../session";

import type { WaitingCopy } from "./waiting";
import { REASONS } from "./words";

export interface Waiting {
  readonly copies: readonly WaitingCopy[];
  /** Compares again: the board, or what is kept, has changed. */
  readonly look: () => Promise<void>;
}

export function useWaiting(): Waiting {
  const { rooms } = useSession();
  const { toast } = useNotices();
  const [copies, setCopies] = useState<readonly WaitingCopy[]>([]);

  const look = useCallback(async () => {
    const found = await compare(rooms.filter(isHere));
    setCopies(found.filter(({ missing }) => missing.length > 0));
    for (const { room: of, copy } of found.filter(({ missing }) => missing.length === 0)) {
      await of.asides.remove(copy.key);
      toast({
        text: "Nothing of yours is missing",
        more: `${REASONS[copy.reason]} All that you added is in the design.`,
      });
    }
  }, [rooms, toast]);

  useEffect(() => {
    const undo = rooms.map((one) => whenItComes(one, look));
    return () => undo.forEach((stop) => stop());
  }, [rooms, look]);

  return { copies, look };
}

/** Before its content has come, everything would seem to be missing. */
const isHere = ({ connection }: Room): boolean =>
  connection.state.kind === "saved" || connection.state.kind === "saving";

/** Most pages have none, and need not load what compares them. */
async function compare(rooms: readonly Room[]): Promise<readonly WaitingCopy[]> {
  const kept = await Promise.all(rooms.map(({ asides }) => asides.all()));
  if (kept.every((copies) => copies.length === 0)) return [];
  const { waitingIn } = await import("./waiting");
  return waitingIn(rooms);
}

/** When the content has come, and again when a copy was put aside without a fresh start. */
function whenItComes(room: Room, look: () => Promise<void>): () => void {
  let seen = -1;
  const told = (): void => {
    if (!isHere(room) || seen === room.connection.copiesMade) return;
    seen = room.connection.copiesMade;
    void look();
  };
  told();
  return room.connection.subscribe(told);
}
