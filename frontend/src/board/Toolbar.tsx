/** The tools, at the bottom of the board. */

import { useSyncExternalStore } from "react";

import { keyOf, type Command } from "../tools/keys";
import { merge } from "../tools/store";
import { IconButton } from "../ui/IconButton";

import { chooseTool } from "./actions";
import type { Session, Tool } from "./session";
import { useStore } from "./useStore";

interface ToolButton {
  readonly tool: Tool;
  readonly icon: string;
  readonly label: string;
}

const LOOKING: readonly ToolButton[] = [
  { tool: "select", icon: "cursor", label: "Select" },
  { tool: "hand", icon: "hand", label: "Hand" },
];
const WIRING: readonly ToolButton[] = [
  { tool: "connect", icon: "connect", label: "Connect" },
  { tool: "group", icon: "frame", label: "Group" },
];
const DRAWING: readonly ToolButton[] = [
  { tool: "pen", icon: "pen", label: "Pen" },
  { tool: "eraser", icon: "eraser", label: "Eraser" },
  { tool: "text", icon: "text", label: "Text" },
  { tool: "sticky", icon: "sticky", label: "Sticky" },
];

interface ToolbarProps {
  readonly session: Session;
  readonly readOnly: boolean;
  readonly onTidy: (() => void) | undefined;
}

export function Toolbar({ session, readOnly, onTidy }: ToolbarProps) {
  return (
    <div className="float tools" role="toolbar" aria-label="Board tools">
      <Tools session={session} tools={LOOKING} />
      {!readOnly && (
        <>
          <i className="vr" />
          <ComponentTool session={session} />
          <Tools session={session} tools={WIRING} />
          <i className="vr" />
          <Tools session={session} tools={DRAWING} />
          <i className="vr" />
          {onTidy && (
            <IconButton icon="tidy" label="Tidy" shortcut={keyOf("edit.tidy")} onClick={onTidy} />
          )}
          <UndoButtons session={session} />
        </>
      )}
    </div>
  );
}

function Tools({
  session,
  tools,
}: {
  readonly session: Session;
  readonly tools: readonly ToolButton[];
}) {
  const current = useStore(session.ui, (ui) => ui.tool);
  const isPaletteOpen = useStore(session.ui, (ui) => ui.palette !== null);
  return tools.map(({ tool, icon, label }) => (
    <IconButton
      key={tool}
      icon={icon}
      label={label}
      shortcut={keyOf(`tool.${tool}` satisfies Command)}
      aria-pressed={current === tool && !isPaletteOpen}
      onClick={() => chooseTool(session, tool)}
    />
  ));
}

function ComponentTool({ session }: { readonly session: Session }) {
  const isOpen = useStore(session.ui, (ui) => ui.palette !== null);
  const open = (): void => {
    // The pointer is on the button now: the board finds the place.
    session.pointer.set(null);
    merge(session.ui, { palette: { at: null, from: null } });
  };
  return (
    <IconButton
      icon="component"
      label="Component"
      shortcut={keyOf("tool.component")}
      aria-pressed={isOpen}
      onClick={open}
    />
  );
}

function UndoButtons({ session }: { readonly session: Session }) {
  const { undo } = session;
  const canUndo = useSyncExternalStore(undo.subscribe, undo.canUndo);
  const canRedo = useSyncExternalStore(undo.subscribe, undo.canRedo);
  return (
    <>
      <IconButton
        icon="undo"
        label="Undo"
        shortcut={keyOf("edit.undo")}
        disabled={!canUndo}
        onClick={() => undo.undo()}
      />
      <IconButton
        icon="redo"
        label="Redo"
        shortcut={keyOf("edit.redo")}
        disabled={!canRedo}
        onClick={() => undo.redo()}
      />
    </>
  );
}
