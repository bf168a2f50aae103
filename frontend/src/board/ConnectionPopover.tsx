/** Asked right after a connection is drawn: its kind and label. Both have good defaults. */

import { useEffect, useRef, type KeyboardEvent } from "react";

import { setKind, setLabel } from "../document/changes";
import { CONNECTION_KINDS, type ConnectionItem } from "../document/types";
import { merge } from "../tools/store";

import { KIND_NAMES, KindLine } from "./Legend";
import type { Session } from "./session";
import { useFlush, useStore } from "./useStore";

interface ConnectionPopoverProps {
  readonly session: Session;
  readonly readOnly: boolean;
}

export function ConnectionPopover({ session, readOnly }: ConnectionPopoverProps) {
  const id = useStore(session.ui, (ui) => ui.asking);
  useFlush(session);
  const item = id === null ? undefined : session.view.connection(id);
  if (!item || readOnly) return null;
  return <Ask key={item.id} session={session} item={item} />;
}

function Ask({ session, item }: { readonly session: Session; readonly item: ConnectionItem }) {
  const element = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const label = item.label;

  useEffect(() => {
    field.current?.focus();
    return session.viewport.subscribe(() => place(session, item.id, element.current));
  }, [session, item.id]);
  useEffect(() => place(session, item.id, element.current));

  const save = (): void => {
    if (field.current && field.current.value.trim() !== label)
      setLabel(session.board, item.id, field.current.value);
  };
  const close = (): void => {
    save();
    merge(session.ui, { asking: null });
    session.element?.focus({ preventScroll: true });
  };
  const keyDown = (event: KeyboardEvent): void => {
    const digit = event.altKey ? Number(event.key) : NaN;
    const kind = CONNECTION_KINDS[digit - 1];
    if (kind) setKind(session.board, item.id, kind);
    else if (event.key === "Enter" || event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={element} className="pop ask" role="group" aria-label="The new connection">
      <div className="ask-kinds" role="radiogroup" aria-label="Kind">
        {CONNECTION_KINDS.map((kind, index) => (
          <button
            key={kind}
            type="button"
            role="radio"
            aria-checked={item.kind === kind}
            className={`ask-kind ${item.kind === kind ? "is-on" : ""}`}
            title={`${KIND_NAMES[kind]}  Alt+${index + 1}`}
            onClick={() => setKind(session.board, item.id, kind)}
          >
            <KindLine kind={kind} />
            {KIND_NAMES[kind]}
          </button>
        ))}
      </div>
      <input
        ref={field}
        className="ask-label"
        aria-label="Label"
        placeholder="Label, then Enter"
        autoComplete="off"
        defaultValue={label}
        onKeyDown={keyDown}
        onBlur={save}
      />
    </div>
  );
}

/** Below the label's place, inside of the board. */
function place(session: Session, id: string, element: HTMLElement | null): void {
  const [route, area] = [session.view.routes.get(id), session.element];
  if (!element || !route || !area) return;
  const { x, y, zoom } = session.viewport.get();
  const left = route.label.x * zoom + x - element.offsetWidth / 2;
  const top = route.label.y * zoom + y + 16;
  const within = (value: number, room: number): number =>
    Math.min(Math.max(value, 8), Math.max(room - 8, 8));
  element.style.left = `${within(left, area.clientWidth - element.offsetWidth)}px`;
  element.style.top = `${within(top, area.clientHeight - element.offsetHeight)}px`;
}
