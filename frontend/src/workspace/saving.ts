/** All documents' connections told as one: what may the page honestly say about saving? */

import { useSyncExternalStore } from "react";

import type { ConnectionState } from "../sync/connection";

import type { Action } from "./bootstrap";
import type { Room } from "./rooms";
import { useSession } from "./session";

export interface SaveWords {
  readonly icon: "check" | "eye" | "offline" | "warn" | "spin";
  readonly text: string;
  readonly tone: "good" | "plain" | "warn" | "bad";
}

export function useSaving(): ConnectionState {
  const { room, privateRoom, ownRoom } = useSession();
  const board = useConnection(room);
  const shared = useConnection(privateRoom ?? room);
  const own = useConnection(ownRoom ?? room);
  const all = [...(privateRoom === null ? [] : [shared]), ...(ownRoom === null ? [] : [own])];
  return all.reduce(worse, board);
}

function useConnection({ connection }: Room): ConnectionState {
  return useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.state,
  );
}

/** From the best news to the worst. */
const ORDER: readonly ConnectionState["kind"][] = [
  "saved",
  "saving",
  "connecting",
  "offline",
  "not-stored",
  "aside",
  "closed",
];

export function worse(one: ConnectionState, other: ConnectionState): ConnectionState {
  if ("kept" in one && "kept" in other) {
    const kind = [one.kind, other.kind].includes("not-stored") ? "not-stored" : "offline";
    return { kind, kept: one.kept + other.kept };
  }
  return ORDER.indexOf(one.kind) >= ORDER.indexOf(other.kind) ? one : other;
}

export function saveWords(state: ConnectionState, mayEdit = true): SaveWords {
  switch (state.kind) {
    case "saved":
      if (!mayEdit) return { icon: "eye", text: "Read only", tone: "plain" };
      return { icon: "check", text: "Saved", tone: "good" };
    case "saving":
      return { icon: "spin", text: "Saving…", tone: "plain" };
    case "connecting":
      return { icon: "spin", text: "Connecting", tone: "plain" };
    case "offline":
      return { icon: "offline", text: offlineWords(state.kept), tone: "warn" };
    case "not-stored":
      return { icon: "warn", text: notStoredWords(state.kept), tone: "bad" };
    case "aside":
      return { icon: "warn", text: "Last change not saved", tone: "bad" };
    case "closed":
      return { icon: "warn", text: "Disconnected", tone: "bad" };
  }
}

function offlineWords(kept: number): string {
  return kept === 0 ? "Offline" : `Offline: ${keptWords(kept)}`;
}

function notStoredWords(kept: number): string {
  const trouble = "Not saved: the server cannot store at the moment";
  return kept === 0 ? trouble : `${trouble}; ${keptWords(kept)}`;
}

const keptWords = (kept: number): string =>
  `${kept} ${kept === 1 ? "change" : "changes"} kept here`;

/** What a connection leaves that has ended: nobody takes changes any more, so none may be made. */
export function rightsUnder(
  kind: ConnectionState["kind"],
  granted: ReadonlySet<Action>,
): ReadonlySet<Action> {
  if (kind !== "closed" && kind !== "aside") return granted;
  return new Set([...granted].filter((right) => right !== "edit" && right !== "edit_private"));
}
