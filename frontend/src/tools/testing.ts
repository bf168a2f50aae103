/** For tests: a small catalogue. */

import type { Catalogue, ComponentType } from "../document/catalogue";

function type(id: string, name: string, category: string, aliases: string[]): ComponentType {
  const outgoing = { "event-log": "event", "*": "request" } as const;
  const description = `Something about the ${name.toLowerCase()}`;
  return { id, name, description, category, hue: "blue", icon: "api-gateway", aliases, outgoing };
}

export const CATALOGUE: Catalogue = {
  version: "test",
  categories: [
    { id: "edge", name: "Edge", hue: "blue" },
    { id: "data", name: "Data and labels", hue: "amber" },
  ],
  components: [
    type("api-gateway", "API gateway", "edge", ["gateway", "rate limit"]),
    type("user-client", "User app or browser", "edge", ["client", "web app"]),
    type("label-generator", "Label generator", "data", ["labels"]),
    type("human-labelling", "Human labelling queue", "data", ["annotation"]),
    type("event-log", "Event log", "data", ["log"]),
    type("ranker", "Ranker", "data", ["ranking model"]),
    type("other", "Other component", "edge", ["custom"]),
  ],
};
