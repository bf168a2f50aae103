/** Who is here: each person once, however many tabs they have open. */

import type { Peer } from "../sync/presence";

import type { Bootstrap, FlowStep } from "./bootstrap";

export interface PersonHere {
  readonly key: string;
  readonly name: string;
  readonly color: number;
  readonly step: string | null;
  readonly isMe: boolean;
}

/** Others first, in the order of their colours; oneself at the end. */
export function peopleHere(
  me: Bootstrap["me"],
  myStep: string,
  peers: readonly Peer[],
): readonly PersonHere[] {
  const others = new Map<string, PersonHere>();
  for (const { client, user, step } of peers) {
    const key = user.participant ?? `tab ${client}`;
    if (key === me.participant) continue;
    const earlier = others.get(key)?.step ?? null;
    others.set(key, {
      key,
      name: user.name,
      color: user.color,
      step: step ?? earlier,
      isMe: false,
    });
  }
  const sorted = [...others.values()].sort((one, other) => one.color - other.color);
  return [...sorted, { key: "me", name: me.name, color: me.color, step: myStep, isMe: true }];
}

/** "Tomás and Anneke are on step 4, Kofi is on step 5." or an empty string. */
export function whereOthersAre(people: readonly PersonHere[], steps: readonly FlowStep[]): string {
  const parts = steps.flatMap((step) => {
    const names = people.filter((one) => !one.isMe && one.step === step.id).map(firstName);
    if (names.length === 0) return [];
    return [`${listed(names)} ${names.length === 1 ? "is" : "are"} on step ${step.number}`];
  });
  return parts.length === 0 ? "" : `${parts.join(", ")}.`;
}

const firstName = ({ name }: PersonHere): string => name.split(/\s/u)[0] ?? name;

function listed(names: readonly string[]): string {
  if (names.length > 3) return `${names.length} people`;
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
