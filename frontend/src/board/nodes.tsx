/** What React Flow draws: cards, boxes, stickies, texts, strokes. None of them looks at the view's place. */

import type { NodeProps, NodeTypes } from "@xyflow/react";
import { memo } from "react";

import { Icon } from "../ui/Icon";

import type { CardData, GroupData, StickyData, StrokeData, TextData } from "./BoardView";

type Props<Data> = NodeProps & { readonly data: Data };

/** Only what is shown counts: React Flow also hands over places and flags at every move. */
function isSame<Data>(before: Props<Data>, now: Props<Data>): boolean {
  return before.data === now.data;
}

const ComponentCard = memo(function ComponentCard({ data }: Props<CardData>) {
  return (
    <div
      className={`card h-${data.hue}`}
      title={data.subtitle ? `${data.title}: ${data.subtitle}` : data.title}
    >
      <span className="tile">
        <Icon name={data.icon} />
      </span>
      <span className="card-words">
        <b>{data.title}</b>
        {data.subtitle && <small>{data.subtitle}</small>}
      </span>
      {data.pinned && (
        <span className="card-pin" title="Pinned: Tidy keeps its place">
          <Icon name="pin" size={12} />
        </span>
      )}
    </div>
  );
}, isSame);

/** The inside of a group lets the pointer through: only label and edge take hold of it. */
const GroupBox = memo(function GroupBox({ data }: Props<GroupData>) {
  return (
    <div className={`grp h-${data.hue}`}>
      <i className="grp-n" />
      <i className="grp-e" />
      <i className="grp-s" />
      <i className="grp-w" />
      <b>{data.name}</b>
    </div>
  );
}, isSame);

const StickyNote = memo(function StickyNote({ data }: Props<StickyData>) {
  return <div className="stk">{data.text}</div>;
}, isSame);

const BoardText = memo(function BoardText({ data }: Props<TextData>) {
  return <div className="txt">{data.text}</div>;
}, isSame);

const InkStroke = memo(function InkStroke({ data }: Props<StrokeData>) {
  return (
    <svg className="ink">
      <path d={data.path} />
    </svg>
  );
}, isSame);

export const NODE_TYPES: NodeTypes = {
  components: ComponentCard,
  groups: GroupBox,
  stickies: StickyNote,
  texts: BoardText,
  strokes: InkStroke,
};
