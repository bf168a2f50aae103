/** Moving the view of the board. */

import { selectedItems } from "./selection";
import type { Session } from "./session";

/** Room for what floats over the board: legend above, tools below. */
const FIT = {
  padding: { top: "56px", bottom: "68px", left: "20px", right: "20px" },
  maxZoom: 1.25,
} as const;

/** A narrow window opens on a part that can be read rather than on the whole that can not. */
const NARROW_PX = 640;
const LEAST_ZOOM = 0.6;

export function openView(session: Session): void {
  const isNarrow = (session.element?.clientWidth ?? 0) < NARROW_PX;
  void session.flow?.fitView(isNarrow ? { ...FIT, minZoom: LEAST_ZOOM } : FIT);
}

export function zoomToFit(session: Session): void {
  void session.flow?.fitView(FIT);
}

export function zoomToSelection(session: Session): void {
  const nodes = selectedItems(session).map((id) => ({ id }));
  void session.flow?.fitView(nodes.length ? { ...FIT, nodes } : FIT);
}

export function zoomBy(session: Session, factor: number): void {
  zoomTo(session, session.viewport.get().zoom * factor);
}

export function zoomTo(session: Session, zoom: number): void {
  void session.flow?.zoomTo(zoom);
}
