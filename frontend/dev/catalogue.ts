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
  ["user-client", "User app or browser", "client", "user-client", "client,viewer app,frontend"],
  ["cdn", "Content delivery network", "edge", "cdn", "cdn"],
  ["api-gateway", "API gateway", "edge", "api-gateway", "gateway,api"],
  ["app-server", "App server", "service", "app-server", "service,backend"],
  ["data-lake", "Data lake", "store", "data-lake", "lake,warehouse"],
  ["message-queue", "Message queue", "async", "message-queue", "queue,kafka"],
  ["event-logger", "Event log", "async", "event-logger", "log,events"],
  ["stream-processor", "Stream processor", "async", "stream-processor", "stream,flink"],
  ["label-generator", "Label generator", "data", "label-generator", "labels,labeller"],
  ["join", "Point-in-time join", "data", "joiner", "join"],
  [
    "online-features",
    "Online features",
    "feature",
    "feature-store-online",
    "features,feature store",
  ],
  ["ann-index", "Vector index", "model", "vector-index", "ann,hnsw"],
  ["candidate-model", "Candidate model", "model", "candidate-generator", "two-tower,retrieval"],
  ["ranker", "Ranker", "model", "ranker", "ranking model"],
  ["re-ranker", "Re-ranker", "model", "re-ranker", "diversity"],
  ["trainer", "Trainer", "training", "trainer", "training job"],
  ["evaluator", "Offline evaluator", "training", "offline-evaluator", "evaluation"],
  ["registry", "Model registry", "release", "model-registry", "registry"],
  ["experiment", "A/B assignment", "release", "experiment-service", "ab test,experiment"],
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
