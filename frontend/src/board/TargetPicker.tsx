/** Connecting by keys: the target is chosen from a list. */

import { useMemo, useState, type KeyboardEvent } from "react";

import { whyNotConnect } from "../document/changes";
import { outline, type OutlineEntry } from "../document/outline";
import { merge } from "../tools/store";
import { Icon } from "../ui/Icon";

import { connectItems } from "./actions";
import type { Session } from "./session";
import { useStore } from "./useStore";
import { nameOf } from "./words";

export function TargetPicker({ session }: { readonly session: Session }) {
  const source = useStore(session.ui, (ui) => ui.picking);
  return source && <OpenPicker key={source} session={session} source={source} />;
}

function OpenPicker({ session, source }: { readonly session: Session; readonly source: string }) {
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const targets = useMemo(() => targetsOf(session, source), [session, source]);
  const wanted = query.trim().toLowerCase();
  const shown = targets.filter(({ item }) =>
    nameOf(session, item.id).toLowerCase().includes(wanted),
  );
  const chosen = Math.min(index, Math.max(shown.length - 1, 0));

  const close = (): void => {
    merge(session.ui, { picking: null });
    session.element?.focus({ preventScroll: true });
  };
  const choose = (target: string | undefined): void => {
    if (target === undefined) return;
    close();
    connectItems(session, source, target);
  };
  const keyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Enter") choose(shown[chosen]?.item.id);
    else if (event.key === "ArrowDown") setIndex((chosen + 1) % Math.max(shown.length, 1));
    else if (event.key === "ArrowUp")
      setIndex((chosen - 1 + shown.length) % Math.max(shown.length, 1));
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="pal-scrim" aria-hidden="true" onPointerDown={close} />
      <div className="pal pal--small pop" role="dialog" aria-label="Connect">
        <label className="pal-in">
          <Icon name="connect" size={18} className="t3" />
          <input
            // eslint-disable-next-line jsx-a11y/no-autofocus -- opened by a key in order to choose
            autoFocus
            role="combobox"
            aria-expanded="true"
            aria-controls="target-rows"
            aria-activedescendant={`target-row-${chosen}`}
            aria-label={`Connect ${nameOf(session, source)} to`}
            placeholder={`${nameOf(session, source)} to …`}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setIndex(0);
            }}
            onKeyDown={keyDown}
          />
        </label>
        <div id="target-rows" className="res" role="listbox" aria-label="Targets">
          {shown.length === 0 && <p className="t12 t3 pi-none">Nothing else to connect to</p>}
          {shown.map(({ item, isGroup }, at) => (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keys
            <div
              key={item.id}
              id={`target-row-${at}`}
              className={`pi ${at === chosen ? "is-sel" : ""}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === chosen}
              onClick={() => choose(item.id)}
            >
              <Icon name={isGroup ? "frame" : "component"} />
              <span className="clip">{nameOf(session, item.id)}</span>
              <span className="sp" />
              {at === chosen && <span className="kbd">Enter</span>}
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

function targetsOf(session: Session, source: string): OutlineEntry[] {
  const { board } = session;
  return outline(board).filter(({ item }) => whyNotConnect(board, source, item.id) === null);
}
