/** An open document: its Yjs form, its connection, and who else is in it. */

import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import { Connection } from "../sync/connection";
import { openEditStore } from "../sync/editStore";
import { PresenceClient } from "../sync/presenceClient";

import type { Api } from "./api";
import type { Bootstrap } from "./bootstrap";

export type DocumentName = "board" | "private";

export interface Room {
  readonly doc: Y.Doc;
  readonly connection: Connection;
  readonly presence: PresenceClient;
}

export function openRoom(boot: Bootstrap, name: DocumentName, api: Api): Room {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const owner = boot.me.participant ?? "reader";
  const connection = new Connection({
    address: socketAddress(`${boot.sockets}/${name}`),
    doc,
    awareness,
    store: openEditStore(`${boot.design.id}/${name}/${owner}`),
    mayWrite: boot.me.can.includes(name === "board" ? "edit" : "edit_private"),
    forgetWhenClosed: !boot.me.signed_in,
    isAllowed: () => api.isAllowed(),
  });
  const presence = new PresenceClient(awareness);
  void connection.start();
  return { doc, connection, presence };
}

export function socketAddress(path: string): string {
  const address = new URL(path, window.location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

/**
 * Tells the others when the page goes, and warns if it would go too early.
 *
 * pagehide, not beforeunload: who cancels the browser's question is still here.
 */
export function guardLeaving(rooms: readonly Room[]): () => void {
  const abort = new AbortController();
  const options = { signal: abort.signal };
  const warn = (event: BeforeUnloadEvent): void => {
    if (rooms.some(({ connection }) => connection.unstored > 0)) event.preventDefault();
  };
  window.addEventListener("beforeunload", warn, options);
  window.addEventListener("pagehide", () => rooms.forEach((r) => r.presence.leave()), options);
  window.addEventListener("pageshow", () => rooms.forEach((r) => r.presence.comeBack()), options);
  return () => abort.abort();
}
