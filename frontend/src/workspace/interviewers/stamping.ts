/** Private notes in the editor: a line begins with the time, and a pin leads to what it names. */

import type { Extension } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin } from "@codemirror/view";
import type { DecorationSet, ViewUpdate } from "@codemirror/view";

import { clockText } from "./card/stamps";
import type { Evidence } from "./scoring";

/** "12:40 " before the first letter of a line; nothing while there is no clock. */
export function stampOf(elapsed: number | null, step: number | null): string {
  if (elapsed === null) return "";
  return step === null ? `${clockText(elapsed)} ` : `${clockText(elapsed)} (step ${step}) `;
}

/** stamp: asked when somebody begins to write on an empty line. */
export const stamping = (stamp: () => string): Extension =>
  EditorView.inputHandler.of((view, from, to, text) => {
    const line = view.state.doc.lineAt(from);
    const begun = line.length === 0 && from === to && text.trim() !== "" ? stamp() : "";
    if (begun === "" || view.composing) return false;
    const insert = begun + text;
    view.dispatch({
      changes: { from, insert },
      selection: { anchor: from + insert.length },
      userEvent: "input.type",
    });
    return true;
  });

// Pins ---------------------------------------------------------------------------------------

const PIN = /\[([^\]\n]*)\]\((component|connection|note):([^)\s]*)\)/g;

/** As Markdown, so that it can still be read where nothing leads anywhere. */
export function pinText(found: Evidence): string {
  const name = found.quote.replace(/[[\]\n]+/g, " ").trim();
  if (found.source === "notes")
    return `[“${name}”](note:${found.step}:${found.start}-${found.end}) `;
  return `[${name}](${found.source}:${found.id}) `;
}

/** What the pin around this place of a line leads to; null where there is none. */
export function pinAt(line: string, at: number): Evidence | null {
  const found = [...line.matchAll(PIN)].find(
    ({ 0: text, index }) => index <= at && at <= index + text.length,
  );
  if (found === undefined) return null;
  const [, name = "", kind = "", target = ""] = found;
  if (kind === "component" || kind === "connection") {
    return { source: kind, id: target, quote: name };
  }
  const [step = "", range = ""] = target.split(":");
  const [start = 0, end = 0] = range.split("-").map(Number);
  return { source: "notes", step, start, end, quote: name.replace(/^“|”$/g, "") };
}

const decorator = new MatchDecorator({
  regexp: PIN,
  decoration: Decoration.mark({ class: "pin", attributes: { title: "Go there" } }),
});

const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorator.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = decorator.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** A click on a pin goes there, as does Alt+Enter with the caret in it. */
export const pins = (go: (place: Evidence) => void): Extension => {
  const follow = (view: EditorView, at: number): boolean => {
    const line = view.state.doc.lineAt(at);
    const place = pinAt(line.text, at - line.from);
    if (place !== null) go(place);
    return place !== null;
  };
  return [
    marks,
    EditorView.domEventHandlers({
      click: (event, view) => {
        const isPin = event.target instanceof Element && event.target.closest(".pin") !== null;
        const at = isPin ? view.posAtCoords({ x: event.clientX, y: event.clientY }) : null;
        return at !== null && follow(view, at);
      },
      keydown: (event, view) =>
        event.altKey && event.key === "Enter" && follow(view, view.state.selection.main.head),
    }),
  ];
};
