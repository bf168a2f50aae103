/** Boards to look at: a worked design, and one of any size for measuring. */

import * as Y from "yjs";

import type { BoardDocument } from "../src/document/open";

type Card = readonly [
  id: string,
  type: string,
  name: string,
  notes: string,
  x: number,
  y: number,
  group: string,
];
type Line = readonly [source: string, target: string, kind: string, label: string];
type Area = readonly [
  id: string,
  name: string,
  x: number,
  y: number,
  width: number,
  height: number,
];

const AREAS: readonly Area[] = [
  ["g1", "Clients and edge", 20, 24, 454, 208],
  ["g2", "Ranking", 520, 24, 454, 208],
  ["g3", "Events", 20, 264, 204, 208],
  ["g4", "Retrieval", 270, 264, 454, 208],
  ["g5", "Features", 770, 264, 204, 108],
  ["g6", "Lake and labels", 20, 536, 454, 208],
  ["g7", "Training and release", 520, 536, 454, 208],
];

const CARDS: readonly Card[] = [
  ["viewer", "user-client", "Viewer app", "web, phone, TV", 36, 64, "g1"],
  ["gateway", "api-gateway", "API gateway", "auth, rate limit", 286, 64, "g1"],
  ["cdn", "cdn", "CDN", "artwork, segments", 286, 164, "g1"],
  ["home", "app-server", "Home service", "200 ms p95", 536, 64, "g2"],
  ["reranker", "re-ranker", "Re-ranker", "diversity, seen, age", 786, 64, "g2"],
  ["ranker", "ranker", "Ranker", "multi-task, 90 ms", 786, 164, "g2"],
  ["log", "event-logger", "Event log", "row and slot kept", 36, 304, "g3"],
  ["queue", "message-queue", "Event queue", "keyed by viewer", 36, 404, "g3"],
  ["index", "ann-index", "Vector index", "HNSW, 1 M titles", 286, 304, "g4"],
  ["tower", "candidate-model", "Two-tower", "500 ids, 20 ms", 536, 304, "g4"],
  ["cowatch", "candidate-model", "Co-watch", "300 ids, 15 ms", 286, 404, "g4"],
  ["fresh", "candidate-model", "Fresh titles", "200 ids, under 7 days", 536, 404, "g4"],
  ["features", "online-features", "Online features", "p99 under 8 ms", 786, 304, "g5"],
  ["lake", "data-lake", "Event lake", "columnar, 400 days", 36, 576, "g6"],
  ["stream", "stream-processor", "Stream aggregates", "5 min and 24 h", 286, 576, "g6"],
  ["labels", "label-generator", "Label generator", "finish, 7-day wait", 36, 676, "g6"],
  ["join", "join", "Point-in-time join", "on viewed_at", 286, 676, "g6"],
  ["ab", "experiment", "A/B assignment", "viewer, 5 %", 536, 576, "g7"],
  ["registry", "registry", "Model registry", "versions, pins", 786, 576, "g7"],
  ["trainer", "trainer", "Trainer", "daily, warm start", 536, 676, "g7"],
  ["eval", "evaluator", "Offline evaluator", "nDCG, slices", 786, 676, "g7"],
];

const LINES: readonly Line[] = [
  ["viewer", "gateway", "request", "HTTPS"],
  ["viewer", "cdn", "data", "segments"],
  ["gateway", "home", "request", "12 k/s"],
  ["home", "g4", "request", "viewer, context"],
  ["index", "tower", "data", "top k"],
  ["g4", "ranker", "request", "1 000 ids"],
  ["features", "ranker", "data", "features"],
  ["ranker", "reranker", "request", "top 200"],
  ["reranker", "home", "request", "rows"],
  ["viewer", "log", "event", "watch, like, skip"],
  ["log", "queue", "event", "900 M/day"],
  ["queue", "lake", "event", "archive"],
  ["queue", "stream", "event", "stream"],
  ["stream", "features", "data", "upsert every 5 min"],
  ["lake", "labels", "data", "logs"],
  ["labels", "join", "training", "labels"],
  ["stream", "join", "data", "history"],
  ["join", "trainer", "training", "rows"],
  ["trainer", "eval", "training", "model"],
  ["eval", "registry", "training", "gate"],
  ["registry", "ab", "event", "canary"],
  ["registry", "ranker", "training", "deploy"],
];

export function fillWithSample(board: BoardDocument): void {
  const { components, connections, groups, stickies, strokes, texts } = board.items;
  const item = (values: object): Y.Map<unknown> => new Y.Map(Object.entries(values));
  board.doc.transact(() => {
    AREAS.forEach(([id, name, x, y, width, height]) =>
      groups.set(id, item({ name, kind: "group", parent: "", x, y, width, height, z: "a0" })),
    );
    CARDS.forEach(([id, type, name, notes, x, y, group]) =>
      components.set(id, item({ type, name, notes, x, y, group, z: "a0" })),
    );
    LINES.forEach(([source, target, kind, label], index) =>
      connections.set(`l${index}`, item({ source, target, kind, label, z: "a0" })),
    );
    const note = "50 % watched favours short videos. Use 50 % or 20 min, whichever comes first?";
    stickies.set("note", item({ text: note, x: 44, y: 790, width: 212, height: 104 }));
    const sum =
      "Budget, p95: gateway 12 + retrieval 20\n+ features 8 + ranking 90 + re-rank 15\n= 145 of 200 ms";
    texts.set("sum", item({ text: sum, x: 276, y: 786 }));
    strokes.set("ink", item({ points: circle(622, 430, 96, 36), color: "ink", width: 2 }));
  });
}

/** `count` cards in groups of 25, about 1.25 connections each. */
export function fillWithGrid(board: BoardDocument, count: number): void {
  const { components, connections, groups } = board.items;
  const item = (values: object): Y.Map<unknown> => new Y.Map(Object.entries(values));
  const types = ["app-server", "ranker", "message-queue", "data-lake", "trainer", "cdn"];
  const across = Math.ceil(Math.sqrt(count / 25));
  const place = (index: number): { x: number; y: number } => {
    const [area, cell] = [Math.floor(index / 25), index % 25];
    return {
      x: (area % across) * 1300 + (cell % 5) * 250,
      y: Math.floor(area / across) * 600 + Math.floor(cell / 5) * 100,
    };
  };
  board.doc.transact(() => {
    for (let area = 0; area * 25 < count; area++) {
      const { x, y } = place(area * 25);
      const box = { x: x - 16, y: y - 40, width: 1204, height: 508 };
      groups.set(`g${area}`, item({ name: `Group ${area}`, parent: "", ...box }));
    }
    for (let index = 0; index < count; index++) {
      const type = types[index % types.length];
      const group = `g${Math.floor(index / 25)}`;
      const words = { name: `Part ${index}`, notes: `note ${index}`, type, group };
      components.set(`c${index}`, item({ ...words, ...place(index) }));
    }
    for (let index = 0; index < count * 1.25; index++) {
      const [source, target] = [`c${index % count}`, `c${(index * 7 + 1) % count}`];
      const near = `c${Math.min((index % count) + 1, count - 1)}`;
      const ends = { source, target: index % 5 ? near : target };
      if (ends.source !== ends.target)
        connections.set(`l${index}`, item({ ...ends, kind: "data", label: `line ${index}` }));
    }
  });
}

function circle(x: number, y: number, rx: number, ry: number): [number, number, number][] {
  return Array.from({ length: 60 }, (_, index) => {
    const angle = (index / 56) * 2 * Math.PI;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle), 0.5];
  });
}
