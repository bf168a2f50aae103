/** The board: what is on it, everything that floats over it, and the way in for pointer and keys. */

import "@xyflow/react/dist/base.css";
import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useImperativeHandle, useMemo, useRef, type Ref } from "react";

import type { Catalogue } from "../document/catalogue";
import type { BoardDocument } from "../document/open";
import type { UndoController } from "../document/undo";
import type { Presence } from "../sync/presence";
import { merge } from "../tools/store";
import { SpriteContext } from "../ui/Icon";

import { copySelected, deleteSelected, pasteText } from "./actions";
import { ConnectionPopover } from "./ConnectionPopover";
import { ContextMenu } from "./ContextMenu";
import { EmptyState } from "./EmptyState";
import { isTyping, press } from "./keyboard";
import { Legend } from "./Legend";
import { Outline } from "./Outline";
import { Palette } from "./Palette";
import { PresenceLayer } from "./PresenceLayer";
import { selectionOf } from "./selection";
import { createSession, type Session } from "./session";
import { Surface } from "./Surface";
import { TargetPicker } from "./TargetPicker";
import { Toolbar } from "./Toolbar";
import { ViewControls } from "./ViewControls";
import { focusItem } from "./walking";
import { reveal, zoomToFit } from "./zooming";

export interface BoardHandle {
  /** Selects an item and brings it into view. False when it is not on the board. */
  focusItem(id: string): boolean;
  zoomToFit(): void;
  /** Brings items into view: the whole board if it can be read then, else as little as it takes. */
  reveal(ids: readonly string[]): void;
  selection(): string[];
  openPalette(): void;
}

export interface BoardProps {
  readonly board: BoardDocument;
  readonly undo: UndoController;
  readonly presence: Presence;
  readonly catalogue: Catalogue;
  readonly readOnly: boolean;
  /** Address of the icon sprite. */
  readonly sprite: string;
  /** Says something to those who do not see the board. */
  readonly announce: (text: string) => void;
  /** Shows the Tidy button. */
  readonly onTidy?: () => void;
  readonly ref?: Ref<BoardHandle>;
}

export function Board(props: BoardProps) {
  const { board, undo, presence, catalogue, readOnly, sprite, announce, onTidy, ref } = props;
  const session = useMemo(
    () => createSession(board, undo, presence, catalogue),
    [board, undo, presence, catalogue],
  );
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => session.mount(element.current), [session]);
  useEffect(() => session.configure(readOnly, announce), [session, readOnly, announce]);
  useKeys(session, onTidy);
  useImperativeHandle(ref, () => handleOf(session), [session]);

  return (
    <SpriteContext value={sprite}>
      <ReactFlowProvider>
        {/* An application: keys act on the board itself, which is one stop of Tab. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div ref={element} className="board" role="application" aria-label="Board" tabIndex={0}>
          <Surface session={session} readOnly={readOnly} />
          <PresenceLayer session={session} />
          <EmptyState session={session} readOnly={readOnly} />
          <Legend />
          <Toolbar session={session} readOnly={readOnly} onTidy={onTidy} />
          <ViewControls session={session} />
          <ContextMenu session={session} readOnly={readOnly} />
          <ConnectionPopover session={session} readOnly={readOnly} />
          <TargetPicker session={session} />
          <Palette session={session} />
          <Outline session={session} readOnly={readOnly} />
        </div>
      </ReactFlowProvider>
    </SpriteContext>
  );
}

/** Keys work wherever the focus is, unless somebody is typing or another control wants them. */
function useKeys(session: Session, onTidy: (() => void) | undefined): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && press(session, event, onTidy)) event.preventDefault();
    };
    const isElsewhere = (): boolean =>
      isTyping(document.activeElement) || Boolean(document.getSelection()?.toString());
    const copy = (event: ClipboardEvent): void => {
      if (isElsewhere() || !event.clipboardData) return;
      if (copySelected(session, event.clipboardData)) event.preventDefault();
      if (event.type === "cut" && !session.isReadOnly) deleteSelected(session);
    };
    const paste = (event: ClipboardEvent): void => {
      if (isElsewhere() || session.isReadOnly) return;
      if (pasteText(session, event.clipboardData?.getData("text/plain") ?? ""))
        event.preventDefault();
    };
    window.addEventListener("keydown", keyDown);
    window.addEventListener("copy", copy);
    window.addEventListener("cut", copy);
    window.addEventListener("paste", paste);
    return () => {
      window.removeEventListener("keydown", keyDown);
      window.removeEventListener("copy", copy);
      window.removeEventListener("cut", copy);
      window.removeEventListener("paste", paste);
    };
  }, [session, onTidy]);
}

function handleOf(session: Session): BoardHandle {
  return {
    focusItem: (id) => focusItem(session, id),
    zoomToFit: () => zoomToFit(session),
    reveal: (ids) => reveal(session, ids),
    selection: () => selectionOf(session),
    openPalette: () => {
      if (!session.isReadOnly) merge(session.ui, { palette: { at: null, from: null } });
    },
  };
}
