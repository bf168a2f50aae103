// Time from connecting to the whole document, for fresh clients one after the other.
import * as Y from "yjs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Room, makeRun, now } from "./client.mjs";
import { Histogram } from "./histogram.mjs";
import { readProcesses } from "./processes.mjs";
import { seedRoom } from "./seeding.mjs";
import { boardDoc, content, historyOf, whole } from "./workload.mjs";

const BOARD = { components: 500, textBytes: 20_000 };
const PAUSE_MS = 20;
const QUIET_FOR_MS = 3000;
const QUIET_CPU_S = 0.1; // in that time
const QUIET_WITHIN_S = 90;

export async function measureOpening(options) {
  const board = whole(boardDoc(BOARD.components, BOARD.textBytes));
  return {
    board: await open(options, 0, board),
    history: await open(options, 1, historyOf(options.history)),
  };
}

async function open(options, index, document) {
  const run = makeRun(options);
  const name = options.roomNames?.[index] ?? `bench-${Math.random().toString(36).slice(2, 8)}`;
  const room = new Room(name);
  const [url] = options.urls;
  const seeding = { start: now(), cpu_s: cpuOf(options) };
  const seeder = await seedRoom(run, room, url, document);
  const seeded = {
    s: round((now() - seeding.start) / 1000),
    cpu_s: round(cpuOf(options) - seeding.cpu_s),
  };
  await quiet(options);

  const wanted = contentOf(document.updates);
  const synced = new Histogram();
  const applied = new Histogram();
  const before = cpuOf(options);
  let bytes = 0;
  let different = 0;
  for (let i = 0; i < options.repeats; i++) {
    const client = await new Client(run, room, url).connect();
    client.ws.close();
    const start = now();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, client.initial);
    synced.add(client.syncedAt - client.connectedAt);
    applied.add(client.syncedAt - client.connectedAt + now() - start);
    bytes = client.initial.length;
    if (content(doc) !== wanted) different++;
    await sleep(PAUSE_MS);
  }
  const cpu_ms = ((cpuOf(options) - before) * 1000) / options.repeats;
  seeder.ws.close();
  return {
    edits: document.updates.length - 1,
    bytes,
    seeded,
    synced_ms: synced.summary(),
    synced_and_applied_ms: applied.summary(),
    server_cpu_ms_per_open: round(cpu_ms),
    different,
  };
}

/** Some servers go on storing long after they have answered. */
async function quiet(options) {
  const until = now() + QUIET_WITHIN_S * 1000;
  for (let before = -1; cpuOf(options) - before > QUIET_CPU_S && now() < until;) {
    before = cpuOf(options);
    await sleep(QUIET_FOR_MS);
  }
}

function cpuOf(options) {
  const parts = Object.values(readProcesses(options.processes));
  return parts.reduce((sum, part) => sum + part.cpu_s, 0);
}

function contentOf(updates) {
  const doc = new Y.Doc();
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
  return content(doc);
}

const round = (value) => Math.round(value * 1000) / 1000;
