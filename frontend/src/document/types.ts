/** The items of the shared document as plain records. docs/protocol.md holds the schema. */

export type ItemKind = "components" | "connections" | "groups" | "stickies" | "strokes" | "texts";
export type ConnectionKind = "request" | "data" | "training" | "event";
export type StepStatus =
  "in_play" | "deep_dive" | "skipped_by_interviewer" | "skipped_by_candidate" | "not_reached";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface ComponentItem extends Box {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly notes: string;
  readonly group: string;
  readonly pinned: boolean;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly z: string;
}

export interface ConnectionItem {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly source_port: string;
  readonly target_port: string;
  readonly kind: ConnectionKind;
  readonly label: string;
  readonly waypoints: readonly (readonly [number, number])[];
  readonly z: string;
}

export interface GroupItem extends Box {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly parent: string;
  readonly z: string;
}

export interface StickyItem extends Box {
  readonly id: string;
  readonly text: string;
  readonly color: string;
  readonly z: string;
}

export interface StrokeItem {
  readonly id: string;
  readonly points: readonly (readonly [number, number, number])[];
  readonly color: string;
  readonly width: number;
  readonly z: string;
}

export interface TextItem extends Point {
  readonly id: string;
  readonly text: string;
  readonly z: string;
}

/** The record of each kind, by the name of its root map. */
export interface Items {
  components: ComponentItem;
  connections: ConnectionItem;
  groups: GroupItem;
  stickies: StickyItem;
  strokes: StrokeItem;
  texts: TextItem;
}

export type AnyItem = Items[ItemKind];

export const ITEM_KINDS = [
  "components",
  "connections",
  "groups",
  "stickies",
  "strokes",
  "texts",
] as const satisfies readonly ItemKind[];

export const CONNECTION_KINDS = [
  "request",
  "data",
  "training",
  "event",
] as const satisfies readonly ConnectionKind[];
