/**
 * Boards full of people, driven by lines of JSON.
 *
 * In, first: {"boards": [{seed, seats, newcomer, isRough}]}. Then any of
 *   {"do": "count"}   -> {"count": actions done so far, on all boards}
 *   {"do": "probe"}   -> {"probed": whether an edit of everybody was stored and reached everybody}
 *   {"do": "note", "name": …} -> {"noted": that name}, from now on in each history
 *   {"do": "finish"}  -> one {"outcome": …} a board, and the end
 * An error of ours ends the process with a message.
 */

import process from "node:process";
import { createInterface } from "node:readline";

import { Board } from "./board.mjs";

process.setMaxListeners(0); // each stock provider wants to hear of the end

const say = (message) =>
  new Promise((resolve) => process.stdout.write(`${JSON.stringify(message)}\n`, resolve));

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const first = await lines.next();
const boards = JSON.parse(first.value).boards.map((plan) => new Board(plan));
const running = boards.map((board) => board.run());

const ANSWERS = {
  note: ({ name }) => {
    for (const board of boards) board.note(name);
    return { noted: name };
  },
  count: () => ({ count: boards.reduce((sum, { actions }) => sum + actions, 0) }),
  probe: async () => ({
    probed: (await Promise.all(boards.map((board) => board.probe()))).every(Boolean),
  }),
};

for (;;) {
  const { value, done } = await lines.next();
  const { do: command, ...rest } = done ? { do: "finish" } : JSON.parse(value);
  if (command === "finish") break;
  await say(await ANSWERS[command](rest));
}
for (const board of boards) board.end();
await Promise.all(running);
await Promise.all(boards.map(async (board) => say({ outcome: await board.settle() })));
process.exit(0); // providers leave timers behind
