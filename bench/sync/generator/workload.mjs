// Workloads, documents of the product's schema, and edits made before the measurement.
import * as Y from "yjs";

// rooms x clients per room; of these `editors` send `updates` document updates/s each, and every
// client sends `awareness` cursor positions/s.
export const WORKLOADS = {
  W1: { rooms: 1, clients: 2, editors: 2, updates: 10, awareness: 20 },
  W2: { rooms: 1, clients: 10, editors: 5, updates: 10, awareness: 20 },
  W3: { rooms: 1, clients: 50, editors: 10, updates: 10, awareness: 20 },
  W4: { rooms: 50, clients: 4, editors: 2, updates: 10, awareness: 20 },
  W5: { rooms: 200, clients: 3, editors: 1, updates: 10, awareness: 20 },
};
const SEED_COMPONENTS = 20;
const SEED_TEXT = 500;

/** Small seeded random generator (mulberry32), so that runs repeat. */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const componentsOf = (doc) => doc.getMap("components");
const noteOf = (doc) => doc.getMap("notes").get("bench");

/** A board as the product keeps it: `components` (map of maps) and one text under `notes`. */
export function boardDoc(components = SEED_COMPONENTS, textBytes = SEED_TEXT, seed = 1) {
  const rnd = random(seed);
  const doc = new Y.Doc({ gc: true });
  doc.clientID = 1 + Math.floor(rnd() * 0x7fffffff);
  doc.transact(() => {
    const map = componentsOf(doc);
    for (let i = 0; i < components; i++) map.set(`c${i}`, newComponent(i, rnd));
    const text = new Y.Text();
    doc.getMap("notes").set("bench", text);
    text.insert(0, words(textBytes, rnd));
  });
  return doc;
}

function newComponent(i, rnd) {
  const component = new Y.Map();
  component.set("type", ["service", "database", "queue", "client"][i % 4]);
  component.set("name", `Component ${i}`);
  component.set("x", Math.floor(rnd() * 4000));
  component.set("y", Math.floor(rnd() * 3000));
  component.set("width", 160);
  component.set("height", 80);
  return component;
}

const WORDS = "queue cache reads writes per second replica shard user service".split(" ");

function words(bytes, rnd) {
  let text = "";
  while (text.length < bytes) text += WORDS[Math.floor(rnd() * WORDS.length)] + " ";
  return text;
}

/** A board with `count` small edits behind it, as separate updates. */
export function historyOf(count, seed = 2) {
  const rnd = random(seed);
  const doc = boardDoc(50, 200, seed);
  const updates = [Y.encodeStateAsUpdate(doc)];
  const text = noteOf(doc);
  doc.on("update", (update) => updates.push(update));
  for (let i = 0; i < count; i++) {
    if (i % 2) drag(doc, `c${i % 50}`, i);
    else if (rnd() < 0.1 && text.length > 10) text.delete(Math.floor(rnd() * (text.length - 1)), 1);
    else text.insert(Math.floor(rnd() * text.length), "e");
  }
  return { updates, stateVector: Y.encodeStateVector(doc) };
}

function drag(doc, id, i) {
  doc.transact(() => {
    const component = componentsOf(doc).get(id);
    component.set("x", 100 + ((i * 7) % 3000));
    component.set("y", 100 + ((i * 3) % 2000));
  });
}

/**
 * Edits of one editor, made beforehand so that sending costs little. Even editors drag a component,
 * odd ones type at their own place in the text. Each entry is one Yjs update; `ends[i]` is the
 * editor's clock after update i.
 */
export class Editor {
  constructor(seedUpdate, index, count, clientID) {
    const doc = new Y.Doc({ gc: true });
    Y.applyUpdate(doc, seedUpdate);
    doc.clientID = clientID;
    this.updates = [];
    this.ends = [];
    doc.on("update", (update) => this.updates.push(update));
    const text = noteOf(doc);
    const dragged = `c${index % componentsOf(doc).size}`;
    let at = Math.min(text.length, 11 + index * 13);
    for (let i = 0; i < count; i++) {
      if (index % 2 === 0) drag(doc, dragged, i + index);
      else text.insert(at++, "abcdefgh "[i % 9]);
      this.ends.push(Y.getState(doc.store, clientID));
    }
  }
}

/** A document as one update. */
export function whole(doc) {
  return { updates: [Y.encodeStateAsUpdate(doc)], stateVector: Y.encodeStateVector(doc) };
}

/** What the generator wrote, comparable; a server may keep more beside it. */
export function content(doc) {
  return JSON.stringify([sorted(componentsOf(doc).toJSON()), noteOf(doc)?.toString()]);
}

function sorted(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
