/** The flows that a session can go through. The notes of all of them are in its document. */

import type { Bootstrap, Flow, FlowStep } from "./bootstrap";

export const flowsOf = (boot: Bootstrap): readonly Flow[] => [boot.flow, ...boot.other_flows];

/** Null for one that came to the server after this page. */
export const findFlow = (boot: Bootstrap, id: string): Flow | null =>
  flowsOf(boot).find((flow) => flow.id === id) ?? null;

/** Those of every flow, the current one's first. */
export const allSteps = (boot: Bootstrap): readonly FlowStep[] =>
  flowsOf(boot).flatMap(({ steps }) => steps);

/** Steps of other flows than this one. */
export const otherSteps = (boot: Bootstrap, flow: Flow): readonly FlowStep[] =>
  flowsOf(boot)
    .filter(({ id }) => id !== flow.id)
    .flatMap(({ steps }) => steps);
