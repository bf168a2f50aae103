/** Saved, saving, offline: in words, with a symbol, never ahead of the truth. */

import { useEffect, useRef } from "react";

import type { ConnectionState } from "../sync/connection";
import { Icon } from "../ui/Icon";
import { useNotices } from "../ui/notices";

import { saveWords, useSaving } from "./saving";

export function SaveState({ mayEdit }: { readonly mayEdit: boolean }) {
  const state = useSaving();
  const { icon, text, tone } = saveWords(state, mayEdit);
  useSpokenChanges(state.kind, text);
  return (
    <span className={`state state--${tone}`} data-state={state.kind}>
      {icon === "spin" ? <span className="spin" aria-hidden="true" /> : <Icon name={icon} />}
      <span className="clip">{text}</span>
    </span>
  );
}

const TROUBLE: ReadonlySet<ConnectionState["kind"]> = new Set([
  "offline",
  "not-stored",
  "aside",
  "closed",
]);

/** Each keystroke saves; only losing the server and having it back is worth an announcement. */
function useSpokenChanges(kind: ConnectionState["kind"], text: string): void {
  const { announce } = useNotices();
  const wasTrouble = useRef(false);
  const isTrouble = TROUBLE.has(kind);
  useEffect(() => {
    if (isTrouble && !wasTrouble.current) announce(text);
    if (kind === "saved" && wasTrouble.current) announce("Back online. Everything is saved.");
    if (isTrouble || kind === "saved") wasTrouble.current = isTrouble;
  }, [announce, isTrouble, kind, text]);
}
