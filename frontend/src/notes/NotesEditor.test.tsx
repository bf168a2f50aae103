// @vitest-environment jsdom
import { EditorView } from "@codemirror/view";
import { cleanup, render } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, expect, it, vi } from "vitest";
import * as Y from "yjs";

import type { Peer, Presence } from "../sync/presence";

import { NotesEditor, type NotesHandle } from "./NotesEditor";

class QuietPresence implements Presence {
  readonly update = vi.fn();
  readonly #peers: readonly Peer[];

  constructor(peers: readonly Peer[] = []) {
    this.#peers = peers;
  }

  peers(): readonly Peer[] {
    return this.#peers;
  }

  subscribe(): () => void {
    return () => undefined;
  }
}

interface Options {
  readonly presence?: Presence;
  readonly readOnly?: boolean;
}

function show(text: Y.Text, { presence = new QuietPresence(), readOnly = false }: Options = {}) {
  const handle = createRef<NotesHandle>();
  const { container } = render(
    <NotesEditor
      ref={handle}
      text={text}
      step="data"
      presence={presence}
      label="Notes for step 4"
      hint="Write"
      readOnly={readOnly}
      nonce="n"
    />,
  );
  const content = container.querySelector<HTMLElement>(".cm-content");
  const view = content && EditorView.findFromDOM(content);
  if (!view || !handle.current) throw new Error("The editor did not open.");
  return { view, content, container, handle: handle.current };
}

const textWith = (content: string): Y.Text => {
  const text = new Y.Doc().getText("notes");
  text.insert(0, content);
  return text;
};

afterEach(cleanup);

it("writes what is typed into the shared text, and shows what others write", () => {
  const text = textWith("one ");
  const { view } = show(text);

  view.dispatch({ changes: { from: 4, insert: "two " } });
  text.doc?.transact(() => text.insert(8, "three"), "remote");

  expect(text.toJSON()).toBe("one two three");
  expect(view.state.doc.toString()).toBe("one two three");
});

it("keeps carriage returns of an imported text in step", () => {
  const text = textWith("one\r\ntwo");
  const { view } = show(text);

  view.dispatch({ changes: { from: 8, insert: "!" } });

  expect(text.toJSON()).toBe("one\r\ntwo!");
});

it("takes in nothing that the server refuses", () => {
  const text = textWith("one 😀");
  const { view } = show(text);

  view.dispatch({
    changes: [
      { from: 0, insert: "a\0b" },
      { from: 4, insert: "\ud83d" },
    ],
    selection: { anchor: 3 },
    userEvent: "input.paste",
  });

  expect(text.toJSON()).toBe("a\ufffdbone \ufffd😀");
  expect(view.state.doc.toString()).toBe(text.toJSON());
  expect(view.state.selection.main.head).toBe(3);
});

it("reveals a quote whose place is given in code points", () => {
  const { view, handle } = show(textWith("😀 label after 7 days"));

  expect(handle.revealQuote({ start: 2, end: 7, quote: "label" })).toBe(true);

  const { from, to } = view.state.selection.main;
  expect(view.state.sliceDoc(from, to)).toBe("label");
});

it("reveals nothing of a quote that is gone, and leaves the caret", () => {
  const { view, handle } = show(textWith("the label comes after 9 days"));
  view.dispatch({ selection: { anchor: 3 } });

  expect(handle.revealQuote({ start: 2, end: 7, quote: "after 7 days" })).toBe(false);

  expect(view.state.selection.main.head).toBe(3);
});

it("ticks a task when its box is clicked", () => {
  const text = textWith("intro\n- [ ] log the row");
  const { container } = show(text);

  container.querySelector<HTMLInputElement>(".md-check")?.click();

  expect(text.toJSON()).toBe("intro\n- [x] log the row");
});

it("shows where somebody else writes, by name", () => {
  const text = textWith("one two");
  const at = (index: number): unknown =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index));
  const peer = (step: string, name: string): Peer => ({
    client: 7,
    user: { name, color: 2, role: "interviewer", participant: "p" },
    cursor: null,
    selection: [],
    drag: null,
    step,
    caret: { step, anchor: at(0), head: at(3) },
  });

  const { container } = show(text, {
    presence: new QuietPresence([peer("data", "Tomás"), peer("model", "Kofi")]),
  });

  const carets = [...container.querySelectorAll(".rcar")].map((caret) => caret.textContent);
  expect(carets).toEqual(["Tomás"]);
  expect(container.querySelector(".rsel-text")?.textContent).toBe("one");
});

it("can be reached but not changed by those who may only read", () => {
  const { view, content } = show(textWith("one"), { readOnly: true });

  expect(view.state.readOnly).toBe(true);
  expect(content.getAttribute("contenteditable")).toBe("false");
  expect(content.getAttribute("tabindex")).toBe("0");
  expect(content.getAttribute("aria-label")).toBe("Notes for step 4");
});
