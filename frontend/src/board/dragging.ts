/** Dragging items here: what is grabbed, and the members of groups that it carries along. */

import type { NodeChange } from "@xyflow/react";

import { change, move, withMembers } from "../document/changes";
import { fragmentOf, paste } from "../document/copies";
import { regroup } from "../document/groups";

import type { FlowNode } from "./flowNodes";
import { select } from "./selection";
import type { Session } from "./session";

const ME = "me";

type Move = NodeChange<FlowNode> & { type: "position" };

/**
 * React Flow moves what was grabbed or selected. This adds the members of groups to its changes,
 * tells the lines where everything is and the others how far it has moved.
 */
export function carryAlong(
  session: Session,
  changes: NodeChange<FlowNode>[],
): NodeChange<FlowNode>[] {
  const moves = changes.filter(
    (each): each is Move => each.type === "position" && each.dragging === true,
  );
  const [first] = moves;
  const from = first && session.view.item(first.id)?.box;
  if (!first?.position || !from) return changes;
  const [dx, dy] = [first.position.x - from.x, first.position.y - from.y];
  const grabbed = new Set(moves.map(({ id }) => id));
  const ids = [...withMembersShown(session, grabbed)];
  session.view.setDrag(ME, { ids, dx, dy });
  session.presence.update({ drag: { ids, dx, dy } });
  return [
    ...changes,
    ...ids.filter((id) => !grabbed.has(id)).flatMap((id) => shifted(session, id, dx, dy)),
  ];
}

/** The drop: one transaction, one step of undo. With `isCopy` the originals stay where they were. */
export function drop(session: Session, nodes: readonly FlowNode[], isCopy: boolean): void {
  const [first] = nodes;
  const from = first && session.view.item(first.id)?.box;
  session.presence.update({ drag: null });
  if (!first || !from) return;
  const [dx, dy] = [first.position.x - from.x, first.position.y - from.y];
  const ids = nodes.map(({ id }) => id);
  rest(session);
  const copies = isCopy ? copyBy(session, ids, dx, dy) : null;
  if (!copies) moveBy(session, ids, dx, dy);
  session.view.setDrag(ME, null);
  session.view.flush();
  if (copies) select(session, copies);
}

function moveBy(session: Session, ids: readonly string[], dx: number, dy: number): void {
  change(session.board, () => {
    move(session.board, withMembers(session.board, ids), dx, dy);
    if (dx || dy) regroup(session.board, ids);
  });
}

function copyBy(session: Session, ids: readonly string[], dx: number, dy: number): string[] {
  return change(session.board, () => {
    const copies = paste(session.board, fragmentOf(session.board, ids), dx, dy);
    regroup(session.board, copies);
    return copies;
  });
}

function withMembersShown(session: Session, ids: ReadonlySet<string>): Set<string> {
  const members = session.view.members();
  return new Set([...ids].flatMap((id) => [id, ...members.insideOf(id)]));
}

function shifted(session: Session, id: string, dx: number, dy: number): NodeChange<FlowNode>[] {
  const box = session.view.item(id)?.box;
  if (!box) return [];
  return [{ id, type: "position", position: { x: box.x + dx, y: box.y + dy }, dragging: true }];
}

/** Members that were carried along rest too. */
function rest(session: Session): void {
  const nodes = session.nodes.get();
  if (!nodes.some((node) => node.dragging)) return;
  session.nodes.set(nodes.map((node) => (node.dragging ? { ...node, dragging: false } : node)));
}
