/** Moving the view of the board. */

import { selectedItems } from "./selection";
import type { Session } from "./session";

const FIT = { padding: 0.08, maxZoom: 1.25 } as const;

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
