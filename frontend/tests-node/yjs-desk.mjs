/**
 * Real Yjs for the tests of the server: reads updates, and edits as a browser would.
 *
 * One command in, one answer out, each a line of JSON; updates and vectors are base64.
 *   {"read": [update, …], "roots": […]}       what a fresh document makes of them
 *   {"open": name, "client": id, "gc": bool}  a document that stays, with undo
 *   {"hear": name, "update": update}          takes in somebody else's change
 *   {"edit": name, "seed": n, "steps": n}     edits at random; answers the updates it sent
 *   {"since": name, "vector": vector}         what somebody with this vector lacks
 *   {"merge": [update, …]}                    as a client does with queued edits
 */

import { Buffer } from "node:buffer";
import process from "node:process";
import { createInterface } from "node:readline";
import * as Y from "yjs";

const docs = new Map();
const encode = (bytes) => Buffer.from(bytes).toString("base64");
const decode = (text) => new Uint8Array(Buffer.from(text, "base64"));

const COMMANDS = {
  read: ({ read, roots }) => {
    const doc = new Y.Doc();
    for (const update of read) Y.applyUpdate(doc, decode(update));
    return {
      content: Object.fromEntries(roots.map((root) => [root, doc.getMap(root).toJSON()])),
      vector: encode(Y.encodeStateVector(doc)),
      isPending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
    };
  },
  open: ({ open, client, gc }) => {
    const doc = new Y.Doc({ gc });
    doc.clientID = client;
    const scope = ["meta", "components", "notes"].map((root) => doc.getMap(root));
    const undo = new Y.UndoManager(scope, { captureTimeout: 0, trackedOrigins: new Set(["me"]) });
    const sent = [];
    doc.on("update", (update, origin) => origin !== "others" && sent.push(encode(update)));
    docs.set(open, { doc, undo, sent });
    return {};
  },
  hear: ({ hear, update }) => {
    Y.applyUpdate(docs.get(hear).doc, decode(update), "others");
    return {};
  },
  edit: ({ edit, seed, steps }) => {
    const { doc, undo, sent } = docs.get(edit);
    const random = randomFrom(seed);
    for (let step = 0; step < steps; step++) act(doc, undo, random);
    return { updates: sent.splice(0) };
  },
  since: ({ since, vector }) => ({
    update: encode(Y.encodeStateAsUpdate(docs.get(since).doc, decode(vector))),
  }),
  merge: ({ merge }) => ({ update: encode(Y.mergeUpdates(merge.map(decode))) }),
};

/**
 * Something a person might do. Only the product itself puts texts there or takes them away: no undo
 * brings a whole one back.
 */
function act(doc, undo, random) {
  const choice = random(40);
  if (choice < 4) return undo.undo();
  if (choice < 8) return undo.redo();
  if (choice < 10) return doc.transact(() => addOrRemoveText(doc, random), "setup");
  doc.transact(() => (choice < 24 ? editBoard(doc, random) : editNotes(doc, random)), "me");
}

function editBoard(doc, random) {
  const components = doc.getMap("components");
  const ids = [...components.keys()];
  const item = ids.length && components.get(ids[random(ids.length)]);
  const choice = random(8);
  if (!item || choice === 0) {
    const entries = Object.entries({ name: "Ranker", x: 1.5, tags: ["a", { b: null }], n: -0 });
    components.set(`c${random(6)}`, new Y.Map(entries));
  } else if (choice < 5) {
    item.set("x", random(1000) / 7);
    item.set("y", random(1000));
    if (choice === 4) item.set("x", random(9));
  } else if (choice === 5) item.set("name", ["Feature store", "🙂", undefined, true][random(4)]);
  else if (choice === 6) components.delete(ids[random(ids.length)]);
  else if (random(2)) item.delete(["x", "y", "name"][random(3)]);
  else doc.getMap("meta").set("title", `Board ${random(100)}`);
}

function addOrRemoveText(doc, random) {
  const notes = doc.getMap("notes");
  const step = `s${random(3)}`;
  if (notes.has(step) && random(4) === 0) notes.delete(step);
  else notes.set(step, new Y.Text());
}

function editNotes(doc, random) {
  const texts = [...doc.getMap("notes").values()];
  if (!texts.length) return;
  const text = texts[random(texts.length)];
  const letters = text.toString();
  if (letters.length > 10 && random(3) === 0) {
    const start = wholeAt(letters, random(letters.length));
    const end = wholeAt(letters, Math.min(letters.length, start + 1 + random(8)));
    text.delete(start, end - start);
  } else {
    const words = ["a", "some words ", "🙂", "é", "x🧪y ", "\n"][random(6)];
    text.insert(wholeAt(letters, random(letters.length + 1)), words);
  }
}

/** An editor moves by whole characters. */
function wholeAt(letters, index) {
  const isSecondHalf = letters.charCodeAt(index) >> 10 === 0x37;
  return isSecondHalf ? index - 1 : index;
}

/** Small numbers below a limit, the same for the same seed (mulberry32). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const undefinedAsNull = (_key, value) => (value === undefined ? null : value);

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = COMMANDS[Object.keys(command)[0]](command);
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer, undefinedAsNull)}\n`);
}
