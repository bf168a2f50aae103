/** The Markdown notes of one step, written by several people at once. */

import { defaultKeymap } from "@codemirror/commands";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import type * as Y from "yjs";

import type { Presence } from "../sync/presence";

import { cleaning } from "./cleaning";
import { markdownKeys, notesMarkdown } from "./markdown";
import { toCodePoints } from "./offsets";
import { placeOf, type Quote } from "./quotes";
import { remoteCarets } from "./remoteCarets";
import { undoOf } from "./undo";

export interface NotesHandle {
  focus(): void;
  /** Selects the words and scrolls to them. False when they are not in the text any more. */
  revealQuote(quote: Quote): boolean;
  /** The selected words and where they stand; null when none are. */
  selection(): Quote | null;
  /** Puts text where the caret is. */
  insert(text: string): void;
}

export interface NotesEditorProps {
  readonly text: Y.Text;
  readonly step: string;
  readonly presence: Presence;
  readonly label: string;
  readonly hint: string;
  readonly readOnly: boolean;
  readonly nonce: string;
  /** More that this editor does; the same value at each render. */
  readonly extension?: Extension;
  readonly ref?: Ref<NotesHandle>;
}

export function NotesEditor({ ref, ...props }: NotesEditorProps) {
  const { text, step, presence, label, hint, readOnly, nonce, extension = NOTHING } = props;
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);

  useEffect(() => {
    if (parent.current === null) return undefined;
    const editor = new EditorView({
      parent: parent.current,
      doc: text.toJSON(),
      extensions: [
        // Only "\n" ends a line, so that editor and shared text count the same units.
        EditorState.lineSeparator.of("\n"),
        EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
        cleaning,
        EditorView.cspNonce.of(nonce),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", tabindex: "0" }),
        placeholder(hint),
        notesMarkdown,
        yCollab(text, null, { undoManager: undoOf(text) }),
        remoteCarets(text, step, presence),
        keymap.of([...markdownKeys, ...yUndoManagerKeymap, ...defaultKeymap]),
        readOnly ? reading : [],
        extension,
      ],
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [text, step, presence, label, hint, readOnly, nonce, extension]);

  useImperativeHandle(
    ref,
    () => ({
      focus: () => view.current?.focus(),
      revealQuote: (quote) => view.current !== null && reveal(view.current, quote),
      selection: () => (view.current === null ? null : selectionIn(view.current.state)),
      insert: (added) => {
        view.current?.dispatch(view.current.state.replaceSelection(added));
        view.current?.focus();
      },
    }),
    [],
  );

  return <div className="notes" ref={parent} />;
}

const NOTHING: Extension = [];

/** Offsets in code points, as the server counts. */
function selectionIn(state: EditorState): Quote | null {
  const { from, to, empty } = state.selection.main;
  if (empty) return null;
  const text = state.doc.toString();
  const quote = text.slice(from, to);
  return { start: toCodePoints(text, from), end: toCodePoints(text, to), quote };
}

/** Nothing can be typed, but the text can still be reached and selected by keyboard. */
const reading: Extension = [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ "aria-readonly": "true" }),
];

function reveal(view: EditorView, quote: Quote): boolean {
  const place = placeOf(view.state.doc.toString(), quote);
  view.focus();
  if (place === null) return false;
  view.dispatch({
    selection: { anchor: place.from, head: place.to },
    effects: EditorView.scrollIntoView(place.from, { y: "center" }),
  });
  return true;
}
