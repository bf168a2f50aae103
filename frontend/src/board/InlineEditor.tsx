/** The one field in which a name, text or label is written, right where it stands on the board. */

import { ViewportPortal } from "@xyflow/react";
import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from "react";

import { rename, setLabel, setText } from "../document/changes";
import { readItem } from "../document/read";
import { merge } from "../tools/store";

import { insertText } from "./actions";
import type { Editing, Session } from "./session";
import { useStore } from "./useStore";
import { nameOf } from "./words";

/** Where the title stands in a card, board px. */
const TITLE = { x: 44, right: 6, height: 18, lines: 30 } as const;

interface Field {
  readonly value: string;
  readonly style: CSSProperties;
  readonly look: "card" | "group" | "sticky" | "text" | "label";
  readonly name: string;
  readonly placeholder: string;
  readonly save: (value: string) => void;
}

export function InlineEditor({ session }: { readonly session: Session }) {
  const editing = useStore(session.ui, (ui) => ui.editing);
  const field = editing && fieldOf(session, editing);
  if (!editing || !field) return null;
  const key = editing.type === "item" ? editing.id : "new";
  return (
    <ViewportPortal>
      <Editor key={key} session={session} field={field} />
    </ViewportPortal>
  );
}

function Editor({ session, field }: { readonly session: Session; readonly field: Field }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const isDone = useRef(false);
  const isLong = field.look === "sticky" || field.look === "text";

  useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, []);

  /** Once: leaving the field also blurs it. */
  const finish = (isKept: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    if (isKept && area.current) field.save(area.current.value);
    session.view.flush();
    merge(session.ui, { editing: null });
    session.element?.focus({ preventScroll: true });
  };
  const keyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const isEnter = event.key === "Enter" && !event.nativeEvent.isComposing;
    const isEnd = isEnter && (!isLong || event.ctrlKey || event.metaKey);
    // Esc in a note or text keeps what was written, as whiteboards do; in a name it takes it back.
    if (isEnd || (isLong && event.key === "Escape")) finish(true);
    else if (event.key === "Escape") finish(false);
    if (isEnd || event.key === "Escape") event.preventDefault();
  };
  return (
    <textarea
      ref={area}
      className={`inline inline--${field.look} nodrag nopan nowheel`}
      style={field.style}
      defaultValue={field.value}
      placeholder={field.placeholder}
      aria-label={field.name}
      rows={1}
      spellCheck={false}
      onKeyDown={keyDown}
      onBlur={() => finish(true)}
    />
  );
}

function fieldOf(session: Session, editing: Editing): Field | null {
  if (editing.type === "new-text") {
    const save = (value: string): void => insertText(session, editing.at, value);
    const style = { left: editing.at.x, top: editing.at.y };
    return { value: "", style, look: "text", name: "New text", placeholder: "Text", save };
  }
  return lineField(session, editing.id) ?? itemField(session, editing.id);
}

function lineField(session: Session, id: string): Field | null {
  const [line, route] = [session.view.connection(id), session.view.routes.get(id)];
  if (!line || !route) return null;
  return {
    value: line.label,
    style: { left: route.label.x, top: route.label.y },
    look: "label",
    name: "Label of the connection",
    placeholder: "Label",
    save: (value) => setLabel(session.board, id, value),
  };
}

function itemField(session: Session, id: string): Field | null {
  const [item, box] = [session.view.item(id), session.view.boxOf(id)];
  if (!item || !box || item.kind === "strokes") return null;
  const { x: left, y: top, width, height } = box;
  const name = `Text of ${nameOf(session, id)}`;
  switch (item.kind) {
    case "components": {
      const value = readItem(session.board, "components", id)?.name ?? "";
      const save = (text: string): void => rename(session.board, id, text);
      const placeholder = item.data.title;
      const style = { left: left + TITLE.x, top: top + titleTop(item.data.subtitle, height) };
      const title = { ...style, width: width - TITLE.x - TITLE.right, height: TITLE.height };
      return { value, style: title, look: "card", name, placeholder, save };
    }
    case "groups": {
      const save = (text: string): void => rename(session.board, id, text);
      const style = { left, top, width };
      return { value: item.data.name, style, look: "group", name, placeholder: "Name", save };
    }
    case "stickies": {
      const save = (text: string): void => setText(session.board, id, text);
      const style = { left, top, width, height };
      return { value: item.data.text, style, look: "sticky", name, placeholder: "Note", save };
    }
    case "texts": {
      const save = (text: string): void => setText(session.board, id, text);
      return {
        value: item.data.text,
        style: { left, top },
        look: "text",
        name,
        placeholder: "Text",
        save,
      };
    }
  }
}

/** Title and second line together stand in the middle of the card. */
function titleTop(subtitle: string, height: number): number {
  return (height - (subtitle ? TITLE.lines : TITLE.height)) / 2 - 1;
}
