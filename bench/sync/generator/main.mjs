#!/usr/bin/env node
// One measured run of one workload against one server, as JSON on standard output.
import fs from "node:fs";
import { parseArgs } from "node:util";
import { measureOpening } from "./opening.mjs";
import { measure } from "./run.mjs";
import { WORKLOADS } from "./workload.mjs";

const { values: o } = parseArgs({
  options: {
    url: { type: "string" }, //          ws URLs, comma separated, with %r for the room; clients are dealt over them
    workload: { type: "string", default: "W1" }, // W1..W5, or "cold"
    protocol: { type: "string", default: "yjs" }, // yjs | hocuspocus
    rooms: { type: "string" }, //        file with a JSON list of room names; without it they are made up
    cookie: { type: "string" }, //       header of every handshake
    ask: { type: "boolean", default: false }, // ask for acknowledgements, and measure them
    pid: { type: "string", default: "" }, // "name=pid,pid name=pid": whose CPU and memory is read
    seconds: { type: "string", default: "7" }, // how long edits and cursors are sent
    drain: { type: "string", default: "10" }, // longest wait for stragglers, seconds
    settle: { type: "string", default: "2.5" }, // then this long until the CPU is read, for work put off
    rate: { type: "string", default: "1" }, // multiplies both rates of the workload
    history: { type: "string", default: "100000" }, // cold: edits in the long history
    repeats: { type: "string", default: "12" }, // cold: fresh clients for each document
    seed: { type: "string", default: "7" },
  },
});

/** "web=12,13 postgres=4" -> {web: [12, 13], postgres: [4]} */
function processesOf(text) {
  const groups = text.split(" ").filter(Boolean);
  return Object.fromEntries(
    groups.map((group) => {
      const [name, pids] = group.split("=");
      return [name, pids.split(",").map(Number)];
    }),
  );
}

if (!o.url || !(o.workload === "cold" || WORKLOADS[o.workload])) {
  console.error("usage: main.mjs --url ws://127.0.0.1:1234/%r --workload W1|..|W5|cold");
  process.exit(2);
}
const options = {
  urls: o.url.split(","),
  protocol: o.protocol,
  roomNames: o.rooms ? JSON.parse(fs.readFileSync(o.rooms, "utf8")) : null,
  headers: o.cookie ? { Cookie: o.cookie } : {},
  asks: o.ask,
  processes: processesOf(o.pid),
  seconds: Number(o.seconds),
  drain_s: Number(o.drain),
  settle_s: Number(o.settle),
  rate: Number(o.rate),
  history: Number(o.history),
  repeats: Number(o.repeats),
  seed: Number(o.seed),
};
try {
  const result =
    o.workload === "cold"
      ? await measureOpening(options)
      : await measure(options, WORKLOADS[o.workload]);
  fs.writeSync(1, JSON.stringify(result));
  process.exit(0);
} catch (error) {
  console.error(error.stack);
  process.exit(3);
}
