// The first content of a room, sent as one of its clients would.
import * as Y from "yjs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client.mjs";
import { UPDATE } from "./yprotocol.mjs";

const WAITING_BYTES = 1 << 20;
const PROBES = 200;

/** Sends the updates and waits until the server has them. The client stays, and the room with it. */
export async function seedRoom(run, room, url, { updates, stateVector }) {
  const client = await new Client(run, room, url).connect();
  for (const update of updates) {
    client.sendDocument(UPDATE, update);
    if (client.ws.socket.writableLength > WAITING_BYTES) await drained(client);
  }
  const wanted = [...Y.decodeStateVector(stateVector)];
  for (let probe = 0; probe < PROBES; probe++) {
    await sleep(probe < 5 ? 20 : 300);
    const stored = await stateVectorOf(run, room, url);
    if (wanted.every(([id, clock]) => (stored.get(id) ?? 0) >= clock)) return client;
    if (client.ws.closed) break;
  }
  throw new Error(
    `${room.name}: the server never had the first content (${client.ws.closeReason ?? run.refused[0] ?? "no reason"})`,
  );
}

const drained = (client) =>
  Promise.race([new Promise((resolve) => client.ws.socket.once("drain", resolve)), client.ws.gone]);

async function stateVectorOf(run, room, url) {
  const probe = await new Client(run, room, url).connect();
  probe.ws.close();
  if (probe.initial.length <= 2) return new Map();
  return Y.decodeStateVector(Y.encodeStateVectorFromUpdate(probe.initial));
}
