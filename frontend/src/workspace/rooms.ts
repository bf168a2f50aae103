/** An open document: its Yjs form, its connection, and who else is in it. */

import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import { socketAddress } from "../sync/address";
import { type AsideStore, openAsideStore } from "../sync/asideStore";
import { Connection } from "../sync/connection";
import { openEditStore } from "../sync/editStore";
import { PresenceClient } from "../sync/presenceClient";

import type { Api } from "./api";
import type { Bootstrap } from "./bootstrap";
import { trustsChecks } from "./freshStart";

export type DocumentName = "board" | "private" | "own";

export interface Room {
  readonly name: DocumentName;
  readonly doc: Y.Doc;
  readonly connection: Connection;
  readonly presence: PresenceClient;
  /** Copies of this document that wait for this person's decision. */
  readonly asides: AsideStore;
}

export function openRoom(boot: Bootstrap, name: DocumentName, api: Api): Room {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const owner = `${boot.design.id}/${name}/${boot.me.participant ?? "reader"}`;
  const asides = openAsideStore(owner);
  const connection = new Connection({
    address: socketAddress(`${boot.sockets}/${name}`),
    doc,
    awareness,
    store: openEditStore(owner),
    asides,
    mayWrite: boot.me.can.includes(name === "board" ? "edit" : "edit_private"),
    forgetWhenClosed: !boot.me.signed_in,
    trustsChecks: trustsChecks(),
    isAllowed: () => api.isAllowed(),
  });
  const presence = new PresenceClient(awareness);
  void connection.start();
  return { name, doc, connection, presence, asides };
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
    // The page itself starts afresh; what is unstored stays in this browser.
    if (rooms.some(({ connection }) => connection.state.kind === "aside")) return;
    if (rooms.some(({ connection }) => connection.unstored > 0)) event.preventDefault();
  };
  window.addEventListener("beforeunload", warn, options);
  window.addEventListener("pagehide", () => rooms.forEach((r) => r.presence.leave()), options);
  window.addEventListener("pageshow", () => rooms.forEach((r) => r.presence.comeBack()), options);
  return () => abort.abort();
}
