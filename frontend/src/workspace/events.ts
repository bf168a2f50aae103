/** The socket of what is not part of a document: rights, title, end, people, scores. */

import { LastingLine, type LastingLineOptions } from "../sync/line";

import type { Action } from "./bootstrap";
import type { JudgeEvent } from "./interviewers/judging";
import type { ScoreEvent } from "./interviewers/scoring";

export type DesignEvent =
  | { readonly type: "hello"; readonly can: readonly Action[]; readonly flow: string }
  | { readonly type: "design.renamed"; readonly title: string }
  | { readonly type: "design.ended" }
  | { readonly type: "design.reopened" }
  | { readonly type: "interview.changed" }
  | { readonly type: "flow.switched"; readonly flow: string }
  | { readonly type: "people.changed" }
  | { readonly type: "document.quarantined" }
  | { readonly type: "document.recovered" }
  | { readonly type: "cards.changed" }
  | ScoreEvent
  | JudgeEvent;

const TYPES: ReadonlySet<string> = new Set<DesignEvent["type"]>([
  "hello",
  "design.renamed",
  "design.ended",
  "design.reopened",
  "interview.changed",
  "flow.switched",
  "people.changed",
  "document.quarantined",
  "document.recovered",
  "cards.changed",
  "score.queued",
  "score.progress",
  "score.done",
  "score.failed",
  "score.cancelled",
  "score.coverage",
  "judge.progress",
  "judge.done",
  "judge.failed",
]);

export interface Events {
  subscribe(listener: (event: DesignEvent) => void): () => void;
  stop(): void;
}

export function openEvents(address: string, options?: LastingLineOptions): Events {
  const listeners = new Set<(event: DesignEvent) => void>();
  const line = new LastingLine(
    address,
    {
      opened: () => undefined,
      received: (data) => {
        const event = readEvent(data);
        if (event) for (const listener of listeners) listener(event);
      },
      lost: () => undefined,
      ended: () => undefined,
    },
    options,
  );
  line.start();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => line.stop(),
  };
}

/** Null for what a newer server may say and this page does not know. */
export function readEvent(data: ArrayBuffer | string): DesignEvent | null {
  if (typeof data !== "string") return null;
  const message = JSON.parse(data) as { v?: unknown; type?: unknown };
  const isKnown = message.v === 1 && typeof message.type === "string" && TYPES.has(message.type);
  return isKnown ? (message as DesignEvent) : null;
}
