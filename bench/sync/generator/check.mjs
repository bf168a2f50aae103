// Was anything lost, and does everybody have the same document?
import * as Y from "yjs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client.mjs";
import { content } from "./workload.mjs";

const DOCUMENTS = 40; // about so many clients' documents are rebuilt and compared
const NEWCOMER_WAITS_MS = 5000;

/** Which clients' updates are kept for the comparison. */
export function chooseKeepers(clients) {
  const every = Math.max(1, Math.ceil(clients.length / DOCUMENTS));
  clients.forEach((client, i) => {
    client.keep = i % every === 0;
  });
}

export async function check(run, options, seedUpdate, rooms, clients) {
  const result = {
    clients_missing_updates: clients.filter(isMissingUpdates).length,
    clock_gaps: clients.reduce((sum, client) => sum + client.gaps, 0),
    disconnected: clients.filter((client) => client.ws.closed).length,
    close_reason: clients.find((client) => client.ws.closeReason)?.ws.closeReason ?? null,
    refused: run.refused.length,
    refusal: run.refused[0] ?? null,
    docs_compared: 0,
    docs_different: 0,
    server_docs_compared: 0,
    server_docs_different: 0,
  };
  run.measuring = false;
  const every = Math.max(1, Math.ceil(rooms.length / DOCUMENTS));
  for (const [r, room] of rooms.entries()) {
    const kept = room.clients.filter((client) => client.keep);
    if (kept.length === 0 && r % every !== 0) continue;
    const wanted = wantedContent(seedUpdate, room);
    for (const client of kept) {
      result.docs_compared++;
      if (contentAt(client) !== wanted) result.docs_different++;
    }
    if (r % every !== 0) continue;
    for (const url of options.urls) {
      result.server_docs_compared++;
      if ((await contentForNewcomer(run, room, url)) !== wanted) result.server_docs_different++;
    }
  }
  return result;
}

function isMissingUpdates(client) {
  return client.room.clients.some(
    (sender) =>
      sender !== client &&
      sender.editor !== null &&
      client.next[sender.index] < sender.editor.updates.length,
  );
}

function wantedContent(seedUpdate, room) {
  const updates = room.clients.flatMap((client) => client.editor?.updates ?? []);
  return contentOf([seedUpdate, ...updates]);
}

function contentAt(client) {
  const own = client.editor?.updates ?? [];
  return contentOf([client.initial, ...own, ...client.received.map(({ bytes }) => bytes)]);
}

async function contentForNewcomer(run, room, url) {
  const newcomer = new Client(run, room, url);
  await Promise.race([newcomer.connect().catch(() => {}), sleep(NEWCOMER_WAITS_MS)]);
  newcomer.ws.close();
  return contentOf(newcomer.initial === null ? [] : [newcomer.initial]);
}

function contentOf(updates) {
  const doc = new Y.Doc();
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
  return content(doc);
}
