import { expect, it } from "vitest";

import type { Prompt } from "./bootstrap";
import { noteOf, topicsOf } from "./guide";

const prompt = (id: string, topic: string): Prompt => ({
  id,
  topic,
  title: `Title of ${id}`,
  question: `What about ${id}?`,
  why: "",
  example: "",
  options: [],
});

it("folds prompts by topic, in the order of the flow", () => {
  const topics = topicsOf([prompt("a", "Labels"), prompt("b", "Labels"), prompt("c", "Pipeline")]);

  expect(topics.map(({ name, prompts }) => [name, prompts.map(({ id }) => id)])).toEqual([
    ["Labels", ["a", "b"]],
    ["Pipeline", ["c"]],
  ]);
});

it("puts a prompt into the notes as a task to tick off", () => {
  expect(noteOf(prompt("a", "Labels"))).toBe("- [ ] **Title of a** What about a?");
});
