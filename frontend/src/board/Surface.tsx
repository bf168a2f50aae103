/** React Flow with the gestures of the board: what moves, is dragged, marked, connected, drawn. */

import {
  ReactFlow,
  SelectionMode,
  applyNodeChanges,
  useReactFlow,
  useStoreApi,
  type NodeChange,
} from "@xyflow/react";
import { useEffect, useMemo, useRef, useState, type MouseEvent, type PointerEvent } from "react";
import { flushSync } from "react-dom";

import type { Point } from "../document/types";
import { merge } from "../tools/store";

import { Drafts } from "./Drafts";
import { carryAlong, drop } from "./dragging";
import { EdgeLayer } from "./EdgeLayer";
import type { FlowNode } from "./flowNodes";
import {
  followConnecting,
  hitMargin,
  nodeAt,
  startGesture,
  type Gesture,
  type Pointer,
} from "./gestures";
import { InlineEditor } from "./InlineEditor";
import { createLongPress } from "./longPress";
import { NODE_TYPES } from "./nodes";
import { keepView } from "./opening";
import { FAR_ZOOM } from "./painter";
import { Ports } from "./Ports";
import { select, selectedItems, selectionOf, tellSelection } from "./selection";
import { SelectionFrame } from "./SelectionFrame";
import type { Session } from "./session";
import { useStore } from "./useStore";

export const MIN_ZOOM = 0.1;
export const MAX_ZOOM = 4;

const MIDDLE_AND_RIGHT = [1, 2];
const EVERY_BUTTON = [0, 1, 2];
const MULTI_SELECT = ["Shift", "Meta"];
/** React Flow leaves fingers alone where it finds this class: they draw. */
const NO_PAN = "nopan";
const SNAP: [number, number] = [4, 4];

interface SurfaceProps {
  readonly session: Session;
  readonly readOnly: boolean;
}

export function Surface({ session, readOnly }: SurfaceProps) {
  const nodes = useStore(session.nodes, (all) => all);
  const tool = useStore(session.ui, (ui) => ui.tool);
  const isConnecting = useStore(session.ui, (ui) => ui.connecting.type !== "idle");
  const store = useStoreApi<FlowNode>();
  const gesture = useRef<Gesture | null>(null);
  const surface = useRef<HTMLDivElement>(null);
  const [isTouch, setTouch] = useState(() => window.matchMedia("(pointer: coarse)").matches);
  const longPress = useMemo(() => createLongPress((at) => openMenuAt(session, at)), [session]);
  const handlers = useMemo(() => flowHandlers(session, () => store.getState()), [session, store]);
  const isSelecting = tool === "select" && !isConnecting;

  /** A finger enters right before it presses: React Flow must know by then what it will do. */
  const pointerEnter = ({ pointerType }: PointerEvent): void => {
    const isFinger = pointerType === "touch";
    if (isFinger !== isTouch) flushSync(() => setTouch(isFinger));
  };
  const pointerDown = (event: PointerEvent): void => {
    const isTool = tool !== "select" || isConnecting;
    if (event.pointerType !== "mouse" && !isTool) longPress.press(pointerOf(session, event).client);
    if (!isTool || event.button !== 0) return;
    const kind = isConnecting ? "connect" : tool;
    startAt(startGesture(session, kind, pointerOf(session, event)), event.pointerId);
  };
  const startAt = (started: Gesture | null, pointerId: number): void => {
    gesture.current = started;
    if (!started) return;
    surface.current?.setPointerCapture(pointerId);
    session.element?.classList.add(NO_PAN);
  };
  const endGesture = (): void => {
    longPress.lift();
    gesture.current = null;
    session.element?.classList.remove(NO_PAN);
  };
  const pointerMove = (event: PointerEvent): void => {
    const pointer = pointerOf(session, event);
    session.pointer.set(pointer.at);
    session.presence.update({ cursor: pointer.at });
    longPress.move(pointer.client);
    if (gesture.current) gesture.current.move(pointer);
    else if (isConnecting) followConnecting(session, pointer);
    else if (event.buttons === 0) hover(session, event);
  };
  const pointerUp = (event: PointerEvent): void => {
    gesture.current?.up(pointerOf(session, event));
    endGesture();
  };
  const pointerCancel = (): void => {
    gesture.current?.cancel();
    endGesture();
  };
  const pointerLeave = (): void => {
    session.pointer.set(null);
    session.presence.update({ cursor: null });
    merge(session.ui, { hover: null });
  };

  return (
    <>
      <Dots session={session} />
      {/* Pointer only: every one of these gestures has a key, see tools/keys.ts. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={surface}
        className={`surface surface--${isConnecting ? "connect" : tool}`}
        onPointerEnter={pointerEnter}
        onPointerDown={pointerDown}
        onPointerMove={pointerMove}
        onPointerUp={pointerUp}
        onPointerCancel={pointerCancel}
        onPointerLeave={pointerLeave}
        onClickCapture={(event) => {
          if (longPress.wasLong() && event.detail) event.stopPropagation();
        }}
        onDoubleClick={(event) => doubleClick(session, event)}
        onContextMenu={(event) => openMenu(session, event)}
      >
        <ReactFlow<FlowNode>
          {...handlers}
          nodes={nodes}
          nodeTypes={NODE_TYPES}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          onlyRenderVisibleElements
          nodesDraggable={isSelecting && !readOnly}
          elementsSelectable={isSelecting}
          nodesFocusable={false}
          nodesConnectable={false}
          elevateNodesOnSelect={false}
          disableKeyboardA11y
          panOnScroll
          panOnDrag={tool === "hand" || (isTouch && isSelecting) ? EVERY_BUTTON : MIDDLE_AND_RIGHT}
          noPanClassName={NO_PAN}
          selectionOnDrag={isSelecting && !isTouch}
          selectionMode={SelectionMode.Partial}
          selectNodesOnDrag={false}
          zoomOnDoubleClick={false}
          // Deleting is a change of the document: the key map does it, for connections too.
          deleteKeyCode={null}
          multiSelectionKeyCode={MULTI_SELECT}
          selectionKeyCode={null}
          nodeDragThreshold={4}
          snapToGrid
          snapGrid={SNAP}
          attributionPosition="bottom-left"
        >
          <ViewportWatch session={session} />
          <EdgeLayer session={session} />
          <Ports session={session} readOnly={readOnly} start={startAt} />
          <SelectionFrame session={session} readOnly={readOnly} />
          <Drafts session={session} />
          <InlineEditor session={session} />
        </ReactFlow>
      </div>
    </>
  );
}

const DOTS = 24;

/** An element without content: moving the dots then restyles nothing else. */
function Dots({ session }: { readonly session: Session }) {
  const dots = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = (): void => {
      const { x, y, zoom } = session.viewport.get();
      // From afar every second or fourth dot is left out, so that they never become a grey wash.
      const gap = DOTS * zoom * 2 ** Math.max(0, Math.ceil(Math.log2(0.5 / zoom)));
      if (!dots.current) return;
      dots.current.style.backgroundSize = `${gap}px ${gap}px`;
      dots.current.style.backgroundPosition = `${x}px ${y}px`;
    };
    move();
    return session.viewport.subscribe(move);
  }, [session]);
  return <div ref={dots} className="board-dots" />;
}

type FlowState = Pick<
  ReturnType<ReturnType<typeof useStoreApi<FlowNode>>["getState"]>,
  "userSelectionActive" | "userSelectionRect" | "transform"
>;

function flowHandlers(session: Session, state: () => FlowState) {
  return {
    onNodesChange(changes: NodeChange<FlowNode>[]): void {
      const wanted = changes.filter((each) => !isStrayGroup(session, each, state()));
      const carried = carryAlong(session, wanted);
      session.nodes.set(applyNodeChanges(carried, session.nodes.get()));
      if (wanted.some(({ type }) => type === "select")) tellSelection(session);
    },
    onNodeDragStart: () => merge(session.ui, { hover: null, asking: null, menu: null }),
    onNodeDragStop: (event: { altKey: boolean }, _node: FlowNode, dragged: FlowNode[]) =>
      drop(session, dragged, event.altKey),
    onSelectionDragStop: (event: { altKey: boolean }, dragged: FlowNode[]) =>
      drop(session, dragged, event.altKey),
    onNodeClick: () => merge(session.ui, { lines: [], asking: null, menu: null }),
    onSelectionStart: () => merge(session.ui, { lines: [], asking: null, menu: null }),
    onPaneClick: (event: MouseEvent) => clickBoard(session, event),
    onMoveStart: () => session.element?.classList.add("is-moving"),
    onMoveEnd: () => session.element?.classList.remove("is-moving"),
  };
}

/** A marquee inside a group would always touch the group: a group is meant when it is all inside. */
function isStrayGroup(session: Session, change: NodeChange<FlowNode>, state: FlowState): boolean {
  const rectangle = state.userSelectionRect;
  if (change.type !== "select" || !change.selected || !rectangle) return false;
  const item = session.view.item(change.id);
  if (item?.kind !== "groups") return false;
  const [x, y, zoom] = state.transform;
  const { box } = item;
  const isInside =
    box.x * zoom + x >= rectangle.x &&
    box.y * zoom + y >= rectangle.y &&
    (box.x + box.width) * zoom + x <= rectangle.x + rectangle.width &&
    (box.y + box.height) * zoom + y <= rectangle.y + rectangle.height;
  return !isInside;
}

/** The pane lies under everything: a click on it may still mean a line, which is only painted. */
function clickBoard(session: Session, event: MouseEvent): void {
  const line = lineAt(session, event);
  const { lines } = session.ui.get();
  const isAdding = event.shiftKey || event.metaKey;
  merge(session.ui, { asking: null, menu: null });
  if (line === null) select(session, []);
  else if (isAdding) select(session, [...selectedItems(session), ...new Set([...lines, line])]);
  else select(session, [line]);
}

function doubleClick(session: Session, event: MouseEvent): void {
  if (session.isReadOnly || session.ui.get().tool !== "select") return;
  const target = event.target as HTMLElement; // Handlers of React's tree get elements only.
  const node = target.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  const id = node ?? lineAt(session, event);
  if (id && session.view.item(id)?.kind !== "strokes")
    merge(session.ui, { editing: { type: "item", id }, asking: null });
  else if (!id && target.closest(".react-flow__pane"))
    merge(session.ui, { editing: { type: "new-text", at: pointerOf(session, event).at } });
}

function openMenu(session: Session, event: MouseEvent): void {
  event.preventDefault();
  openMenuAt(session, { x: event.clientX, y: event.clientY });
}

function openMenuAt(session: Session, client: Point): void {
  const { at } = pointerOf(session, { clientX: client.x, clientY: client.y });
  const id = nodeAt(client) ?? session.view.routes.hit(at, hitMargin(session));
  if (id && !selectionOf(session).includes(id)) select(session, [id]);
  merge(session.ui, { menu: { client, at }, hover: null });
}

function hover(session: Session, event: PointerEvent): void {
  const target = event.target as HTMLElement; // As above.
  if (target.closest(".port")) return;
  const node = target.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  merge(session.ui, { hover: node ?? lineAt(session, event) });
}

function lineAt(session: Session, event: { clientX: number; clientY: number }): string | null {
  const { at } = pointerOf(session, event);
  return session.view.routes.hit(at, hitMargin(session));
}

function pointerOf(
  session: Session,
  event: { clientX: number; clientY: number; pressure?: number },
): Pointer {
  const client = { x: event.clientX, y: event.clientY };
  const at = session.flow?.screenToFlowPosition(client, { snapToGrid: false }) ?? client;
  return { at, client, pressure: event.pressure ?? 0.5 };
}

/** Passes the view's place on, at most once a frame, past React: whoever follows it draws itself. */
function ViewportWatch({ session }: { readonly session: Session }) {
  const store = useStoreApi();
  useEffect(() => {
    let frame = 0;
    const tell = (): void => {
      frame = 0;
      const [x, y, zoom] = store.getState().transform;
      session.viewport.set({ x, y, zoom });
      session.element?.classList.toggle("is-far", zoom < FAR_ZOOM);
    };
    const stop = store.subscribe((now, before) => {
      if (now.transform !== before.transform && !frame) frame = requestAnimationFrame(tell);
    });
    tell();
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [session, store]);
  const flow = useReactFlow<FlowNode>();
  const isReady = flow.viewportInitialized;
  useEffect(() => {
    if (!isReady) return undefined;
    session.setFlow(flow);
    return keepView(session);
  }, [session, flow, isReady]);
  return null;
}
