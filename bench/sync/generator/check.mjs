// Was anything lost, and does everybody have the same document?
import * as Y from "yjs";
import { Client } from "./client.mjs";
import { content } from "./workload.mjs";

const DOCUMENTS = 40; // about so many clients' documents are rebuilt and compared

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
    newcomers_refused: 0,
    difference: null,
  };
  run.measuring = false;
  const every = Math.max(1, Math.ceil(rooms.length / DOCUMENTS));
  for (const [r, room] of rooms.entries()) {
    const kept = room.clients.filter((client) => client.keep);
    if (kept.length === 0 && r % every !== 0) continue;
    const wanted = wantedContent(seedUpdate, room);
    for (const client of kept) {
      result.docs_compared++;
      if (isDifferent(result, contentAt(client), wanted)) result.docs_different++;
    }
    if (r % every !== 0) continue;
    for (const url of options.urls) {
      const content = await contentForNewcomer(run, room, url);
      if (content === null) result.newcomers_refused++;
      else if (isDifferent(result, content, wanted)) result.server_docs_different++;
      result.server_docs_compared++;
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

/** What the server gives to somebody who comes now; null if it does not let them in. */
async function contentForNewcomer(run, room, url) {
  const newcomer = new Client(run, room, url);
  try {
    await newcomer.connect();
  } catch {
    return null;
  }
  newcomer.ws.close();
  return contentOf([newcomer.initial]);
}

/** Also keeps the first place where two documents differ, for whoever looks into it. */
function isDifferent(result, content, wanted) {
  if (content === wanted) return false;
  let at = 0;
  while (content[at] === wanted[at]) at++;
  result.difference ??= {
    at,
    got: content.slice(at - 40, at + 40),
    wanted: wanted.slice(at - 40, at + 40),
  };
  return true;
}

function contentOf(updates) {
  const doc = new Y.Doc();
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
  return content(doc);
}
