import { expect, it } from "vitest";

import type { Bootstrap, Flow, FlowStep } from "./bootstrap";
import { allSteps, findFlow, otherSteps } from "./flows";

const step = (id: string, number: number): FlowStep => ({
  id,
  number,
  name: id,
  short_name: id,
  minutes: 5,
  purpose: "",
  prompts: [],
});
const learning: Flow = { id: "learning", version: "1.0.0", name: "", steps: [step("data", 1)] };
const ordinary: Flow = { id: "ordinary", version: "1.0.0", name: "", steps: [step("scale", 1)] };
const boot = { flow: learning, other_flows: [ordinary] } as unknown as Bootstrap;

it("finds a flow by its id, and none that this page does not know", () => {
  expect([findFlow(boot, "ordinary"), findFlow(boot, "newer")]).toEqual([ordinary, null]);
});

it("knows the steps of every flow, and those of the others", () => {
  expect(allSteps(boot).map(({ id }) => id)).toEqual(["data", "scale"]);
  expect(otherSteps(boot, ordinary).map(({ id }) => id)).toEqual(["data"]);
});
