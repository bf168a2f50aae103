/** Where do the others write? Their carets and selections in one text, taken from presence. */

import { type Extension, type Range, StateEffect } from "@codemirror/state";
import type { EditorView, DecorationSet, ViewUpdate } from "@codemirror/view";
import { Decoration, ViewPlugin, WidgetType } from "@codemirror/view";
import * as Y from "yjs";

import type { NotesCaret, Peer, Presence } from "../sync/presence";

const peersMoved = StateEffect.define();

/**
 * Shows the carets of those who are in `step`, and tells the others about the own one.
 * The text must be what the editor shows, unit by unit.
 */
export function remoteCarets(text: Y.Text, step: string, presence: Presence): Extension {
  return ViewPlugin.define(
    (view) => {
      let decorations = drawPeers(view, text, step, presence);
      const unsubscribe = presence.subscribe(() => {
        // Presence may arrive while the editor is in the middle of an update.
        queueMicrotask(() => view.dispatch({ effects: peersMoved.of(null) }));
      });
      return {
        get decorations(): DecorationSet {
          return decorations;
        },
        update(update: ViewUpdate): void {
          if (update.selectionSet || update.docChanged || update.focusChanged) {
            presence.update({ caret: ownCaret(update.view, text, step) });
          }
          const isMoved = update.transactions.some((one) =>
            one.effects.some((e) => e.is(peersMoved)),
          );
          if (isMoved || update.docChanged) decorations = drawPeers(view, text, step, presence);
        },
        destroy(): void {
          unsubscribe();
          presence.update({ caret: null });
        },
      };
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

function ownCaret(view: EditorView, text: Y.Text, step: string): NotesCaret | null {
  if (!view.hasFocus || view.state.readOnly) return null;
  const { anchor, head } = view.state.selection.main;
  const relative = (position: number): unknown =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, position));
  return { step, anchor: relative(anchor), head: relative(head) };
}

function drawPeers(
  view: EditorView,
  text: Y.Text,
  step: string,
  presence: Presence,
): DecorationSet {
  const drawn = presence.peers().flatMap((peer) => {
    const { caret } = peer;
    return caret?.step === step ? drawPeer(view, text, peer, caret) : [];
  });
  return Decoration.set(drawn, true);
}

function drawPeer(view: EditorView, text: Y.Text, peer: Peer, caret: NotesCaret) {
  const anchor = absolute(text, caret.anchor);
  const head = absolute(text, caret.head);
  if (anchor === null || head === null) return [];
  const end = view.state.doc.length;
  const from = Math.min(anchor, head, end);
  const to = Math.min(Math.max(anchor, head), end);
  const drawn: Range<Decoration>[] = [];
  if (from < to)
    drawn.push(Decoration.mark({ class: `rsel-text pv${peer.user.color}` }).range(from, to));
  const widget = new CaretWidget(peer.user.name, peer.user.color);
  drawn.push(Decoration.widget({ widget, side: 1 }).range(Math.min(head, end)));
  return drawn;
}

/** Null for a position of another text, or for something that is no position at all. */
function absolute(text: Y.Text, json: unknown): number | null {
  if (text.doc === null) return null;
  try {
    const relative = Y.createRelativePositionFromJSON(json);
    const position = Y.createAbsolutePositionFromRelativePosition(relative, text.doc);
    return position?.type === text ? position.index : null;
  } catch {
    return null;
  }
}

class CaretWidget extends WidgetType {
  readonly #name: string;
  readonly #color: number;

  constructor(name: string, color: number) {
    super();
    this.#name = name;
    this.#color = color;
  }

  override eq(other: CaretWidget): boolean {
    return other.#name === this.#name && other.#color === this.#color;
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement("span");
    caret.className = `rcar pv${this.#color}`;
    caret.setAttribute("aria-hidden", "true");
    const label = document.createElement("span");
    label.textContent = this.#name;
    caret.append(label);
    return caret;
  }
}
