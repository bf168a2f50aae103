/** Dragging items: the own drag, which carries the members of groups along, and those of others. */

import type { NodeChange } from "@xyflow/react";

import { change, move, withMembers } from "../document/changes";
import { regroup } from "../document/groups";
import type { Presence } from "../sync/presence";

import type { BoardView } from "./BoardView";
import type { FlowNode } from "./flowNodes";
import type { Session } from "./session";

const ME = "me";

/** Time for the drop of another's drag to arrive after the word that it ended. */
const LANDING_MS = 1_000;

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

/** The drop: one transaction, one step of undo. */
export function drop(session: Session, nodes: readonly FlowNode[]): void {
  const [first] = nodes;
  const from = first && session.view.item(first.id)?.box;
  session.presence.update({ drag: null });
  if (!first || !from) return;
  const [dx, dy] = [first.position.x - from.x, first.position.y - from.y];
  const ids = nodes.map(({ id }) => id);
  rest(session);
  change(session.board, () => {
    move(session.board, withMembers(session.board, ids), dx, dy);
    if (dx || dy) regroup(session.board, ids);
  });
  session.view.setDrag(ME, null);
  session.view.flush();
}

/** Shows the drags of the others until their drops arrive, or they leave. */
export function followDrags(view: BoardView, presence: Presence): () => void {
  const dragging = new Map<string, ReturnType<typeof setTimeout> | null>();

  const land = (who: string): void => {
    dragging.delete(who);
    view.setDrag(who, null);
  };
  const follow = (): void => {
    const here = new Set<string>();
    for (const { client, drag } of presence.peers()) {
      const who = `peer ${client}`;
      here.add(who);
      const landing = dragging.get(who);
      if (drag) {
        if (landing) clearTimeout(landing);
        dragging.set(who, null);
        view.setDrag(who, drag);
      } else if (landing === null) {
        dragging.set(
          who,
          setTimeout(() => land(who), LANDING_MS),
        );
      }
    }
    for (const who of [...dragging.keys()].filter((each) => !here.has(each))) land(who);
  };
  const stop = presence.subscribe(follow);
  follow();
  return () => {
    stop();
    for (const [who, landing] of dragging) {
      if (landing) clearTimeout(landing);
      view.setDrag(who, null);
    }
  };
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
