/**
 * The board as a list: every component and group with its connections, in reading order. Screen
 * readers read it, and all of it works with the keyboard; others may open it too.
 */

import { useMemo, type ReactNode } from "react";

import { outline, type OutlineConnection, type OutlineEntry } from "../document/outline";
import { merge } from "../tools/store";
import { IconButton } from "../ui/IconButton";

import { deleteThese } from "./actions";
import type { Session } from "./session";
import { useFlush, useStore } from "./useStore";
import { focusItem } from "./walking";
import { nameOf } from "./words";

interface OutlineProps {
  readonly session: Session;
  readonly readOnly: boolean;
}

export function Outline({ session, readOnly }: OutlineProps): ReactNode {
  const isOpen = useStore(session.ui, (ui) => ui.isOutlineOpen);
  const toggle = (): void => merge(session.ui, { isOutlineOpen: !isOpen });
  return (
    <>
      {/* Seen when it has the focus: the first stop of those who come by keyboard. */}
      <button
        type="button"
        className="btn btn--sm skip-outline"
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {isOpen ? "Close the outline" : "Outline of the board"}
      </button>
      {isOpen && <OpenOutline session={session} readOnly={readOnly} />}
    </>
  );
}

function OpenOutline({ session, readOnly }: OutlineProps) {
  const version = useFlush(session);
  // The version stands for everything that the outline reads.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const entries = useMemo(() => outline(session.board), [session, version]);
  const close = (): void => {
    merge(session.ui, { isOutlineOpen: false });
    session.element?.focus({ preventScroll: true });
  };
  return (
    <section className="outline pop" aria-label="Outline of the board">
      <header>
        <b>Outline</b>
        <span className="sp" />
        <IconButton icon="x" label="Close the outline" size={24} onClick={close} />
      </header>
      {entries.length === 0 ? (
        <p className="t3 t12 outline-none">Nothing on the board</p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <OutlineItem key={entry.item.id} session={session} entry={entry} readOnly={readOnly} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface OutlineItemProps extends OutlineProps {
  readonly entry: OutlineEntry;
}

function OutlineItem({ session, entry, readOnly }: OutlineItemProps) {
  const { item, isGroup, depth, connections } = entry;
  const name = nameOf(session, item.id);
  const connect = (): void => merge(session.ui, { picking: item.id });
  return (
    <li className="outline-item" style={{ paddingInlineStart: depth * 16 }}>
      <div className="outline-row">
        <button
          type="button"
          className="outline-name clip"
          onClick={() => focusItem(session, item.id)}
        >
          {isGroup ? `Group ${name}` : name}
        </button>
        {!readOnly && (
          <>
            <IconButton icon="connect" label={`Connect ${name}`} size={24} onClick={connect} />
            <IconButton
              icon="trash"
              label={`Delete ${name}`}
              size={24}
              onClick={() => deleteThese(session, [item.id])}
            />
          </>
        )}
      </div>
      {connections.length > 0 && (
        <ul>
          {connections.map((connection) => (
            <OutlineLine
              key={connection.item.id}
              session={session}
              connection={connection}
              readOnly={readOnly}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

interface OutlineLineProps extends OutlineProps {
  readonly connection: OutlineConnection;
}

function OutlineLine({ session, connection, readOnly }: OutlineLineProps) {
  const { item, other, isOutgoing } = connection;
  const words = `${isOutgoing ? "to" : "from"} ${nameOf(session, other)}`;
  const detail = item.label ? `${item.kind}, ${item.label}` : item.kind;
  const ask = (): void => {
    focusItem(session, item.id);
    merge(session.ui, { asking: item.id });
  };
  return (
    <li className="outline-row outline-line">
      <button type="button" className="outline-name clip" onClick={() => focusItem(session, other)}>
        {words}
      </button>
      {readOnly ? (
        <span className="t12 t3 clip">{detail}</span>
      ) : (
        <button
          type="button"
          className="outline-kind clip"
          aria-label={`Change the connection ${words}: ${detail}`}
          onClick={ask}
        >
          {detail}
        </button>
      )}
    </li>
  );
}
