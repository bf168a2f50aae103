/** How do the notes read while they are written? Markdown stays visible; its parts are styled by class. */

import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { syntaxHighlighting, syntaxTree } from "@codemirror/language";
import type { Extension, Range } from "@codemirror/state";
import type { EditorView, DecorationSet, ViewUpdate } from "@codemirror/view";
import { Decoration, ViewPlugin, WidgetType } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

const highlighter = tagHighlighter([
  { tag: tags.heading1, class: "md-h1" },
  { tag: tags.heading2, class: "md-h2" },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], class: "md-h3" },
  { tag: tags.strong, class: "md-strong" },
  { tag: tags.emphasis, class: "md-em" },
  { tag: tags.strikethrough, class: "md-strike" },
  { tag: tags.monospace, class: "md-code" },
  { tag: [tags.link, tags.url], class: "md-link" },
  { tag: tags.quote, class: "md-quote" },
  // Hashes, stars, dashes: they are there, but quiet.
  { tag: [tags.processingInstruction, tags.meta, tags.contentSeparator], class: "md-mark" },
]);

/** Whole lines that look different, by the syntax node that covers them. */
const LINE_CLASSES: Readonly<Record<string, string>> = {
  ATXHeading1: "md-line-h1",
  ATXHeading2: "md-line-h2",
  Table: "md-line-table",
  FencedCode: "md-line-code",
  CodeBlock: "md-line-code",
  Blockquote: "md-line-quote",
  ListItem: "md-line-item",
};

const CHECKED = /x/i;

/** Stands for the dash, the space and the brackets of a task. */
class CheckboxWidget extends WidgetType {
  readonly #isChecked: boolean;
  /** From the start of the widget to the opening bracket. */
  readonly #markerOffset: number;

  constructor(isChecked: boolean, markerOffset: number) {
    super();
    this.#isChecked = isChecked;
    this.#markerOffset = markerOffset;
  }

  override eq(other: CheckboxWidget): boolean {
    return other.#isChecked === this.#isChecked && other.#markerOffset === this.#markerOffset;
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = this.#isChecked;
    box.className = "md-check";
    box.disabled = view.state.readOnly;
    box.tabIndex = -1;
    box.setAttribute("aria-label", "Done");
    box.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("click", (event) => {
      event.preventDefault();
      toggle(view, view.posAtDOM(box) + this.#markerOffset);
    });
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function toggle(view: EditorView, from: number): void {
  const marker = view.state.sliceDoc(from, from + 3);
  const insert = CHECKED.test(marker) ? "[ ]" : "[x]";
  view.dispatch({ changes: { from, to: from + 3, insert } });
}

const structure = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate): void {
      const isParsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || update.selectionSet || isParsed) {
        this.decorations = decorate(update.view);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorate(view: EditorView): DecorationSet {
  const found: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const lineClass = LINE_CLASSES[node.name];
        if (lineClass) found.push(...linesOf(view, node.from, node.to, lineClass));
        if (node.name === "TaskMarker") {
          const item = node.node.parent?.parent?.getChild("ListMark");
          found.push(...checkbox(view, item?.from ?? node.from, node.from, node.to));
        }
      },
    });
  }
  return Decoration.set(found, true);
}

function* linesOf(view: EditorView, from: number, to: number, name: string) {
  const { doc } = view.state;
  const last = doc.lineAt(to).number;
  for (let number = doc.lineAt(from).number; number <= last; number += 1) {
    yield Decoration.line({ class: name }).range(doc.line(number).from);
  }
}

/** A box in place of `- [ ]`, unless the caret is there to change the text itself. */
function* checkbox(view: EditorView, from: number, marker: number, to: number) {
  const { ranges } = view.state.selection;
  const isEdited = view.hasFocus && ranges.some((range) => range.from < to && range.to > from);
  if (isEdited) return;
  const isChecked = CHECKED.test(view.state.sliceDoc(marker, to));
  const widget = new CheckboxWidget(isChecked, marker - from);
  yield Decoration.replace({ widget }).range(from, to);
}

/** Puts the same mark around the selection, or takes it away. */
function wrap(mark: string) {
  return (view: EditorView): boolean => {
    if (view.state.readOnly) return false;
    const { from, to } = view.state.selection.main;
    const before = view.state.sliceDoc(from - mark.length, from);
    const after = view.state.sliceDoc(to, to + mark.length);
    if (before === mark && after === mark) {
      view.dispatch({
        changes: [
          { from: from - mark.length, to: from },
          { from: to, to: to + mark.length },
        ],
      });
      return true;
    }
    view.dispatch({
      changes: [
        { from, insert: mark },
        { from: to, insert: mark },
      ],
      selection: { anchor: from + mark.length, head: to + mark.length },
    });
    return true;
  };
}

export const markdownKeys = [
  { key: "Mod-b", run: wrap("**") },
  { key: "Mod-i", run: wrap("*") },
  { key: "Mod-e", run: wrap("`") },
];

export const notesMarkdown: Extension = [
  markdown({ base: markdownLanguage }),
  syntaxHighlighting(highlighter),
  structure,
];
