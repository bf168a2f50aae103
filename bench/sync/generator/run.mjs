// One measured run: seed, connect, send on a fixed schedule, receive, settle, check.
import * as Y from "yjs";
import { setTimeout as sleep } from "node:timers/promises";
import { check, chooseKeepers } from "./check.mjs";
import { Client, Room, makeRun, now } from "./client.mjs";
import { readProcesses } from "./processes.mjs";
import { seedRoom } from "./seeding.mjs";
import { Editor, boardDoc, random, whole } from "./workload.mjs";

const AT_ONCE = 20; // connections opened side by side
const WARM_UP_MS = 500; // between the last connection and the first edit

/** Runs one workload against the server and returns its figures. */
export async function measure(options, workload) {
  const load = scaled(workload, options);
  const run = makeRun(options);
  const rnd = random(options.seed);
  const seed = boardDoc();
  const rooms = makeRooms(options, load);
  const seeders = await inTurns(rooms, (room, i) =>
    seedRoom(run, room, urlOf(options, i), whole(seed)),
  );
  const clients = rooms.flatMap((room) => makeClients(run, room, load, options, rnd));
  await inTurns(clients, (client) => client.connect());
  seeders.forEach((seeder) => seeder.ws.close());
  const seedUpdate = Y.encodeStateAsUpdate(seed);
  prepare(clients, load, seedUpdate);
  chooseKeepers(clients);
  await sleep(WARM_UP_MS);

  const before = readProcesses(options.processes);
  const received = receivedBy(clients);
  const generator = process.cpuUsage();
  run.measuring = true;
  const start = now() + 50;
  const sent = await sendAll(run, clients, load, start, rnd);
  await stragglers(run, clients, sent, load, options.drain_s);
  const elapsed = (now() - start) / 1000;
  const used = process.cpuUsage(generator);
  await sleep(options.settle_s * 1000);
  const after = readProcesses(options.processes);

  const delivered = run.updatesDelivered + run.presenceDelivered;
  const figures = {
    load,
    seconds: round(elapsed),
    updates: {
      sent: sent.updates,
      expected: sent.updates * (load.clients - 1),
      delivered: run.updatesDelivered,
      frames: run.updateFrames,
      latency_ms: run.updateLatency.summary(),
    },
    presence: {
      sent: sent.cursors,
      expected: sent.cursors * (load.clients - 1),
      delivered: run.presenceDelivered,
      superseded: run.presenceSuperseded,
      frames: run.presenceFrames,
      latency_ms: run.presenceLatency.summary(),
    },
    acknowledgements: options.asks
      ? { received: run.acknowledged, latency_ms: run.ackLatency.summary() }
      : null,
    delivered_per_s: round(delivered / elapsed),
    received: difference(receivedBy(clients), received),
    server: serverFigures(before, after, delivered, elapsed),
    generator: {
      cpu_share: round((used.user + used.system) / 1e6 / elapsed),
      send_lag_ms: run.sendLag.summary(),
    },
  };
  figures.check = await check(run, options, seedUpdate, rooms, clients);
  clients.forEach((client) => client.ws.close());
  return figures;
}

// Setting up ---------------------------------------------------------------------------------------

function scaled(workload, { rate, seconds }) {
  const load = { ...workload };
  load.updates *= rate;
  load.awareness *= rate;
  return { ...load, seconds };
}

function makeRooms({ roomNames }, { rooms }) {
  if (roomNames !== null && roomNames.length < rooms) {
    throw new Error(`${rooms} rooms are needed, and only ${roomNames.length} are named`);
  }
  const run = Math.random().toString(36).slice(2, 8);
  return Array.from({ length: rooms }, (_, i) => new Room(roomNames?.[i] ?? `bench-${run}-${i}`));
}

/** Clients are dealt over the addresses in turn, and each room's over all of them. */
const urlOf = ({ urls }, i) => urls[i % urls.length];

function makeClients(run, room, load, options, rnd) {
  for (let i = 0; i < load.clients; i++) {
    const client = new Client(run, room, urlOf(options, i));
    client.index = i;
    client.clientID = 1 + Math.floor(rnd() * 0xfffffffe);
    room.clients.push(client);
    room.senderOf.set(client.clientID, client);
  }
  return room.clients;
}

async function inTurns(items, work) {
  const results = [];
  for (let i = 0; i < items.length; i += AT_ONCE) {
    const some = items.slice(i, i + AT_ONCE);
    results.push(...(await Promise.all(some.map((item, j) => work(item, i + j)))));
  }
  return results;
}

function prepare(clients, load, seedUpdate) {
  const count = Math.floor(load.seconds * load.updates);
  for (const client of clients) {
    client.clocks = new Float64Array(load.clients);
    client.next = new Int32Array(load.clients);
    client.cursors = new Int32Array(load.clients);
    client.cursorsSent = 0;
    if (client.index < load.editors) {
      client.prepare(new Editor(seedUpdate, client.index, count, client.clientID));
    }
  }
}

// Sending ------------------------------------------------------------------------------------------

/** Every stream is periodic with a random phase, and keeps its schedule whatever the server does. */
function streamsOf(clients, load, start, rnd) {
  const streams = [];
  for (const client of clients) {
    client.cursorPeriod = 1000 / load.awareness;
    client.cursorStart = start + rnd() * client.cursorPeriod;
    client.updatePeriod = 1000 / load.updates;
    client.updateStart = start + rnd() * client.updatePeriod;
    streams.push({
      send: (k) => client.sendCursor(k),
      next: client.cursorStart,
      period: client.cursorPeriod,
      left: Math.floor(load.seconds * load.awareness),
      sent: 0,
    });
    if (client.editor === null) continue;
    streams.push({
      send: (k) => client.sendUpdate(k),
      next: client.updateStart,
      period: client.updatePeriod,
      left: client.editor.updates.length,
      sent: 0,
    });
  }
  return streams;
}

async function sendAll(run, clients, load, start, rnd) {
  const streams = streamsOf(clients, load, start, rnd);
  while (sendDue(run, streams) > 0) await sleep(1);
  return {
    cursors: clients.reduce((sum, client) => sum + client.cursorsSent, 0),
    updates: clients.reduce((sum, client) => sum + client.numbers.length, 0),
  };
}

/** Sends what is due; returns how much is left. */
function sendDue(run, streams) {
  const t = now();
  let left = 0;
  for (const stream of streams) {
    while (stream.left > 0 && stream.next <= t) {
      run.sendLag.add(t - stream.next);
      stream.send(stream.sent++);
      stream.left--;
      stream.next += stream.period;
    }
    left += stream.left;
  }
  return left;
}

/** Waits for what is still under way. */
async function stragglers(run, clients, sent, load, drain_s) {
  const others = load.clients - 1;
  const isComplete = () =>
    run.updatesDelivered === sent.updates * others &&
    run.presenceDelivered === sent.cursors * others &&
    (!run.asks || run.acknowledged === sent.updates);
  const until = now() + drain_s * 1000;
  while (!isComplete() && now() < until && clients.some((client) => !client.ws.closed)) {
    await sleep(10);
  }
}

// Figures ------------------------------------------------------------------------------------------

function receivedBy(clients) {
  return {
    frames: clients.reduce((sum, client) => sum + client.ws.frames, 0),
    bytes: clients.reduce((sum, client) => sum + client.ws.bytes, 0),
  };
}

function difference(after, before) {
  return { frames: after.frames - before.frames, bytes: after.bytes - before.bytes };
}

function serverFigures(before, after, delivered, elapsed) {
  const parts = Object.fromEntries(
    Object.entries(after).map(([name, { cpu_s, rss_mb }]) => [
      name,
      { cpu_s: round(cpu_s - before[name].cpu_s), rss_mb: round(rss_mb) },
    ]),
  );
  const cpu_s = Object.values(parts).reduce((sum, part) => sum + part.cpu_s, 0);
  return {
    cpu_s: round(cpu_s),
    cpu_share: round(cpu_s / elapsed),
    cpu_us_per_delivery: round((cpu_s * 1e6) / delivered),
    parts,
  };
}

const round = (value) => Math.round(value * 1000) / 1000;
