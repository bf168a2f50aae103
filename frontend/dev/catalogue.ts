/** A few component types, enough to try the palette without a server. */

import type { Catalogue, ComponentType, Hue } from "../src/document/catalogue";

type Row = readonly [id: string, name: string, category: string, icon: string, aliases: string];

const HUES: Readonly<Record<string, Hue>> = {
  client: "blue",
  edge: "blue",
  service: "slate",
  store: "green",
  async: "amber",
  data: "amber",
  feature: "green",
  model: "violet",
  training: "rose",
  release: "rose",
};

const ROWS: readonly Row[] = [
  ["user-client", "User app or browser", "client", "c-client", "client,viewer app,frontend"],
  ["cdn", "Content delivery network", "edge", "c-edge", "cdn"],
  ["api-gateway", "API gateway", "edge", "c-api", "gateway,api"],
  ["app-server", "App server", "service", "c-service", "service,backend"],
  ["data-lake", "Data lake", "store", "c-store", "lake,warehouse"],
  ["message-queue", "Message queue", "async", "c-queue", "queue,kafka"],
  ["event-logger", "Event log", "async", "c-log", "log,events"],
  ["stream-processor", "Stream processor", "async", "c-stream", "stream,flink"],
  ["label-generator", "Label generator", "data", "c-label", "labels,labeller"],
  ["join", "Point-in-time join", "data", "c-join", "join"],
  ["online-features", "Online features", "feature", "c-cache", "features,feature store"],
  ["ann-index", "Vector index", "model", "c-search", "ann,hnsw"],
  ["candidate-model", "Candidate model", "model", "c-model", "two-tower,retrieval"],
  ["ranker", "Ranker", "model", "c-rank", "ranking model"],
  ["re-ranker", "Re-ranker", "model", "c-filter", "diversity"],
  ["trainer", "Trainer", "training", "c-train", "training job"],
  ["evaluator", "Offline evaluator", "training", "c-eval", "evaluation"],
  ["registry", "Model registry", "release", "c-registry", "registry"],
  ["experiment", "A/B assignment", "release", "c-flask", "ab test,experiment"],
];

export const CATALOGUE: Catalogue = {
  version: "dev",
  categories: Object.entries(HUES).map(([id, hue]) => ({
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    hue,
  })),
  components: [
    ...ROWS.map(typeOf),
    typeOf(["other", "Other component", "service", "component", "custom,box"]),
  ],
};

function typeOf([id, name, category, icon, aliases]: Row): ComponentType {
  return {
    id,
    name,
    description: `A ${name.toLowerCase()} of the bench page`,
    category,
    hue: HUES[category] ?? "slate",
    icon,
    aliases: aliases.split(","),
    outgoing: category === "async" ? { "*": "event" } : { "event-logger": "event", "*": "request" },
  };
}
