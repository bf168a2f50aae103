/** Everything that the parts of the workspace share, opened once a page. */

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";

import { openBoard, type BoardDocument } from "../document/open";
import { createUndo, type UndoController } from "../document/undo";
import { socketAddress } from "../sync/address";
import type { Peer } from "../sync/presence";

import { createApi, type Api } from "./api";
import type { Action, Bootstrap, Flow } from "./bootstrap";
import { type DesignEvent, openEvents, type Events } from "./events";
import { findFlow } from "./flows";
import { openRoom, type Room } from "./rooms";

export interface Session {
  readonly boot: Bootstrap;
  readonly api: Api;
  readonly events: Events;
  readonly room: Room;
  readonly board: BoardDocument;
  readonly undo: UndoController;
  /** Null for everybody who may not read it: the page of a candidate never asks for it. */
  readonly privateRoom: Room | null;
  /** The notes that only this interviewer ever reads; null as above, and where one practises alone. */
  readonly ownRoom: Room | null;
  /** All of them that there are. */
  readonly rooms: readonly Room[];
}

export function openSession(boot: Bootstrap): Session {
  const api = createApi(boot.api);
  const room = openRoom(boot, "board", api);
  const board = openBoard(room.doc);
  const mayReadPrivate = boot.me.can.includes("read_private");
  const privateRoom = mayReadPrivate ? openRoom(boot, "private", api) : null;
  const hasOwn = mayReadPrivate && boot.design.kind === "interview" && boot.me.participant !== null;
  const ownRoom = hasOwn ? openRoom(boot, "own", api) : null;
  return {
    boot,
    api,
    events: openEvents(socketAddress(`${boot.sockets}/events`)),
    room,
    board,
    undo: createUndo(board),
    privateRoom,
    ownRoom,
    rooms: [room, privateRoom, ownRoom].filter((one) => one !== null),
  };
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession is called outside the workspace.");
  return session;
}

/** The flow that the session goes through now; a page may see it switch. */
export const FlowContext = createContext<Flow | null>(null);

export function useFlow(): Flow {
  const flow = useContext(FlowContext);
  if (flow === null) throw new Error("useFlow is called outside the workspace.");
  return flow;
}

/** Everybody else on the board now. */
export function usePeers(): readonly Peer[] {
  const { presence } = useSession().room;
  return useSyncExternalStore(
    (listener) => presence.subscribe(listener),
    () => presence.peers(),
  );
}

export function useEvents(listener: (event: DesignEvent) => void): void {
  const { events } = useSession();
  useEffect(() => events.subscribe(listener), [events, listener]);
}

export interface DesignNow {
  readonly title: string;
  readonly isEnded: boolean;
  readonly flow: Flow;
  readonly can: ReadonlySet<Action>;
}

/** Title, end, flow and rights as they are now; the page brought the first, the events keep them current. */
export function useDesignNow(): DesignNow {
  const { boot, events, rooms } = useSession();
  const [now, setNow] = useState<DesignNow>({
    title: boot.design.title,
    isEnded: boot.design.ended,
    flow: boot.flow,
    can: new Set(boot.me.can),
  });

  useEffect(
    () =>
      events.subscribe((event) => {
        if (event.type === "design.renamed") setNow((old) => ({ ...old, title: event.title }));
        if (event.type === "design.ended") setNow((old) => ({ ...old, isEnded: true }));
        if (event.type === "design.reopened") setNow((old) => ({ ...old, isEnded: false }));
        if (event.type === "hello" || event.type === "flow.switched") {
          const flow = findFlow(boot, event.flow);
          if (flow) setNow((old) => ({ ...old, flow }));
        }
        if (event.type === "hello") {
          const can = new Set(event.can);
          for (const { name, connection } of rooms) {
            connection.setMayWrite(can.has(name === "board" ? "edit" : "edit_private"));
          }
          setNow((old) => ({ ...old, can }));
        }
      }),
    [boot, events, rooms],
  );
  return now;
}
