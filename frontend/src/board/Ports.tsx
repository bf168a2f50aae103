/** Four ports at the hovered component or group: press one and draw to what it is connected with. */

import { ViewportPortal } from "@xyflow/react";
import type { PointerEvent } from "react";

import type { Box } from "../document/types";

import { connectFrom, type Gesture } from "./gestures";
import type { Session } from "./session";
import { useFlush, useStore } from "./useStore";

const SIDES = ["n", "e", "s", "w"] as const;

interface PortsProps {
  readonly session: Session;
  readonly readOnly: boolean;
  /** The surface carries the gesture on. */
  readonly start: (gesture: Gesture | null, pointerId: number) => void;
}

export function Ports({ session, readOnly, start }: PortsProps) {
  const hover = useStore(session.ui, (ui) => ui.hover);
  const isOffered = useStore(
    session.ui,
    (ui) => (ui.tool === "select" || ui.tool === "connect") && ui.connecting.type === "idle",
  );
  useFlush(session);
  const item = hover === null ? undefined : session.view.item(hover);
  const isEnd = item?.kind === "components" || item?.kind === "groups";
  if (readOnly || !isOffered || !isEnd || hover === null) return null;
  const { box } = item;

  const press = (event: PointerEvent, at: { x: number; y: number }): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const client = { x: event.clientX, y: event.clientY };
    start(connectFrom(session, hover, { at, client, pressure: 0.5 }), event.pointerId);
  };
  return (
    <ViewportPortal>
      {SIDES.map((side) => {
        const at = portOf(box, side);
        return (
          <i
            key={side}
            className="port nodrag nopan"
            style={{ left: at.x, top: at.y }}
            onPointerDown={(event) => press(event, at)}
          />
        );
      })}
    </ViewportPortal>
  );
}

function portOf(box: Box, side: (typeof SIDES)[number]): { x: number; y: number } {
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  switch (side) {
    case "n":
      return { x: middleX, y: box.y };
    case "e":
      return { x: box.x + box.width, y: middleY };
    case "s":
      return { x: middleX, y: box.y + box.height };
    case "w":
      return { x: box.x, y: middleY };
  }
}
