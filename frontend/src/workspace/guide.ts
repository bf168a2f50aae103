/** The prompts of a step as the guide shows them: folded by topic, and as a line for the notes. */

import type { Prompt } from "./bootstrap";

export interface Topic {
  readonly name: string;
  readonly prompts: readonly Prompt[];
}

/** In the order of the flow, which keeps the prompts of a topic together. */
export function topicsOf(prompts: readonly Prompt[]): Topic[] {
  const topics = new Map<string, Prompt[]>();
  for (const prompt of prompts) {
    const known = topics.get(prompt.topic);
    if (known) known.push(prompt);
    else topics.set(prompt.topic, [prompt]);
  }
  return [...topics].map(([name, listed]) => ({ name, prompts: listed }));
}

/** A task to tick off, with room to answer below it. */
export const noteOf = ({ title, question }: Prompt): string => `- [ ] **${title}** ${question}`;
