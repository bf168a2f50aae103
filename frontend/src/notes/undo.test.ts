import { expect, it } from "vitest";
import * as Y from "yjs";

import { appendToNotes, undoOf } from "./undo";

const textOf = (content: string): Y.Text => {
  const text = new Y.Doc().getText("notes");
  text.insert(0, content);
  return text;
};

it.each([
  ["", "- [ ] Ask\n"],
  ["One", "One\n\n- [ ] Ask\n"],
  ["One\n", "One\n\n- [ ] Ask\n"],
  ["One\n\n", "One\n\n- [ ] Ask\n"],
])("puts a paragraph after %j", (before, after) => {
  const text = textOf(before);

  appendToNotes(text, "- [ ] Ask");

  expect(text.toJSON()).toBe(after);
});

it("takes back what came from the guide, and nobody else's text", () => {
  const text = textOf("mine. ");
  appendToNotes(text, "from the guide");
  text.doc?.transact(() => text.insert(0, "theirs. "), "remote");

  undoOf(text).undo();

  expect(text.toJSON()).toBe("theirs. mine. ");
});
