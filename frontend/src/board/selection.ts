/** What is selected here: items by React Flow's nodes, connections by the interface's state. */

import { merge } from "../tools/store";

import type { FlowNode } from "./flowNodes";
import type { Session } from "./session";

/** Ids of items in painting order, then of connections. */
export function selectionOf(session: Session): string[] {
  return [...selectedItems(session), ...session.ui.get().lines];
}

export function selectedItems(session: Session): string[] {
  return session.nodes
    .get()
    .filter((node) => node.selected)
    .map((node) => node.id);
}

/** The one selected component or group, or null. */
export function selectedEnd(session: Session): string | null {
  const items = selectedItems(session);
  const [only] = items.length === 1 ? items : [];
  const kind = only === undefined ? undefined : session.view.item(only)?.kind;
  return only !== undefined && (kind === "components" || kind === "groups") ? only : null;
}

/** Selects exactly these; unknown ids are left out. */
export function select(session: Session, ids: readonly string[]): void {
  const chosen = new Set(ids);
  session.nodes.set(session.nodes.get().map((node) => withSelected(node, chosen.has(node.id))));
  const lines = ids.filter((id) => session.view.connection(id));
  merge(session.ui, { lines });
  tellSelection(session);
}

export function selectAll(session: Session): void {
  select(
    session,
    session.nodes.get().map((node) => node.id),
  );
}

export function tellSelection(session: Session): void {
  session.presence.update({ selection: selectionOf(session) });
}

function withSelected(node: FlowNode, selected: boolean): FlowNode {
  return (node.selected ?? false) === selected ? node : { ...node, selected };
}
