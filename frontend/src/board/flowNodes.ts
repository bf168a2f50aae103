/** The nodes that React Flow is given: a projection of the view, patched and never rebuilt. */

import type { Node, NodeHandle } from "@xyflow/react";

import {
  byPainting,
  type BoardItem,
  type BoardView,
  type CardData,
  type Flush,
  type GroupData,
  type StickyData,
  type StrokeData,
  type TextData,
} from "./BoardView";

/** React Flow wants the data of a node to be a plain record, which an interface is not. */
type Plain<T> = { [K in keyof T]: T[K] };

export type FlowNode =
  | Node<Plain<CardData>, "components">
  | Node<Plain<GroupData>, "groups">
  | Node<Plain<StickyData>, "stickies">
  | Node<Plain<StrokeData>, "strokes">
  | Node<Plain<TextData>, "texts">;

/** Groups lie under the lines, which lie at 0; everything else above them. */
const LAYER = { groups: -100, components: 1, stickies: 2, strokes: 3, texts: 3 } as const;

/** React Flow first draws every node whose handles it does not know, in or out of view. */
const NO_HANDLES: NodeHandle[] = [];

export function nodesOf(view: BoardView): FlowNode[] {
  return view.items().map((item) => nodeOf(view, item));
}

/** The same array when nothing in it changed. What is dragged here and now is left to React Flow. */
export function patchNodes(nodes: readonly FlowNode[], view: BoardView, flush: Flush): FlowNode[] {
  const known = new Set<string>();
  const patched: FlowNode[] = [];
  for (const node of nodes) {
    known.add(node.id);
    const item = flush.items.has(node.id) ? view.item(node.id) : undefined;
    if (item) patched.push(patchNode(node, nodeOf(view, item)));
    else if (!flush.items.has(node.id)) patched.push(node);
  }
  const added = [...flush.items].filter((id) => !known.has(id) && view.item(id));
  for (const id of added) {
    const item = view.item(id);
    if (item) patched.push(nodeOf(view, item));
  }
  const isSame = patched.length === nodes.length && patched.every((node, i) => node === nodes[i]);
  if (isSame) return nodes as FlowNode[];
  return inPaintingOrder(patched, view) ? patched : sorted(patched, view);
}

function nodeOf(view: BoardView, item: BoardItem): FlowNode {
  const box = view.boxOf(item.id) ?? item.box;
  const depth = item.kind === "groups" ? item.depth : 0;
  return {
    id: item.id,
    type: item.kind,
    position: { x: box.x, y: box.y },
    ...(item.kind === "texts" ? {} : { width: box.width, height: box.height, handles: NO_HANDLES }),
    zIndex: LAYER[item.kind] + depth,
    data: item.data,
  } as FlowNode;
}

/** Keeps what React Flow knows (measured, selected) and the identity of all that is the same. */
function patchNode(old: FlowNode, now: FlowNode): FlowNode {
  if (old.dragging || old.resizing)
    return old.data === now.data ? old : ({ ...old, data: now.data } as FlowNode);
  const isSame =
    old.position.x === now.position.x &&
    old.position.y === now.position.y &&
    old.width === now.width &&
    old.height === now.height &&
    old.zIndex === now.zIndex &&
    old.data === now.data;
  return isSame ? old : { ...old, ...now };
}

function inPaintingOrder(nodes: readonly FlowNode[], view: BoardView): boolean {
  return nodes.every((node, index) => {
    const [before, item] = [view.item(nodes[index - 1]?.id ?? ""), view.item(node.id)];
    return !before || !item || byPainting(before, item) <= 0;
  });
}

function sorted(nodes: readonly FlowNode[], view: BoardView): FlowNode[] {
  return [...nodes].sort((a, b) => {
    const [first, second] = [view.item(a.id), view.item(b.id)];
    return first && second ? byPainting(first, second) : 0;
  });
}
