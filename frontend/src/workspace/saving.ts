/** Both documents' connections told as one: what may the page honestly say about saving? */

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
  const { room, privateRoom } = useSession();
  const board = useConnection(room);
  const priv = useConnection(privateRoom ?? room);
  return privateRoom === null ? board : worse(board, priv);
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
  "refused",
  "closed",
];

export function worse(one: ConnectionState, other: ConnectionState): ConnectionState {
  if (one.kind === "offline" && other.kind === "offline") {
    return { kind: "offline", kept: one.kept + other.kept };
  }
  return ORDER.indexOf(one.kind) >= ORDER.indexOf(other.kind) ? one : other;
}

export function saveWords(state: ConnectionState, mayEdit = true): SaveWords {
  switch (state.kind) {
    case "saved":
      if (!mayEdit) return { icon: "eye", text: "Read only", tone: "plain" };
      return { icon: "check", text: "Saved", tone: "good" };
    case "saving":
      return { icon: "spin", text: "Saving", tone: "plain" };
    case "connecting":
      return { icon: "spin", text: "Connecting", tone: "plain" };
    case "offline":
      return { icon: "offline", text: offlineWords(state.kept), tone: "warn" };
    case "refused":
      return { icon: "warn", text: "Last change not saved", tone: "bad" };
    case "closed":
      return { icon: "warn", text: "Disconnected", tone: "bad" };
  }
}

function offlineWords(kept: number): string {
  if (kept === 0) return "Offline";
  return `Offline: ${kept} ${kept === 1 ? "change" : "changes"} kept here`;
}

/** What a closed connection leaves: nobody takes changes any more, so none may be made. */
export function rightsUnder(
  kind: ConnectionState["kind"],
  granted: ReadonlySet<Action>,
): ReadonlySet<Action> {
  if (kind !== "closed") return granted;
  return new Set([...granted].filter((right) => right !== "edit" && right !== "edit_private"));
}
