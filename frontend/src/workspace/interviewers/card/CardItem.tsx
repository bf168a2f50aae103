/** One row of the card: name, levels, and for the item in focus everything else about it. */

import { Icon } from "../../../ui/Icon";
import type { Evidence } from "../scoring";

import { CardRow } from "./CardRow";
import {
  type Confidence,
  factsOf,
  isRated,
  type Item,
  lacksReason,
  markText,
  type NoLevel,
  type PanelReply,
  type Rating,
  type StepStates,
  withLevel,
  withoutEvidence,
  withState,
} from "./cards";
import { Compared, MachineChip } from "./Compared";
import { Evidences } from "./Evidences";
import { Levels } from "./Levels";

export interface CardItemProps {
  readonly item: Item;
  readonly rating: Rating;
  readonly states: StepStates;
  readonly isFocused: boolean;
  /** Of a step: its criteria are shown below. Null for what has none. */
  readonly isOpen: boolean | null;
  readonly isLocked: boolean;
  readonly panel: PanelReply | null;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onRate: (change: (rating: Rating) => Rating) => void;
  readonly onRevise: (level: number | null, state: NoLevel) => void;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function CardItem(props: CardItemProps) {
  const { item, rating, states, isFocused, isLocked, panel, onRate, onRevise } = props;
  const level = (wanted: number): void =>
    isLocked ? onRevise(wanted, "") : onRate((now) => withLevel(now, wanted));
  const state = (wanted: NoLevel): void =>
    isLocked ? onRevise(null, wanted) : onRate((now) => withState(now, wanted));
  return (
    <CardRow
      item={item.id}
      kind={item.kind}
      label={spoken(props)}
      isFocused={isFocused}
      onFocus={props.onFocus}
    >
      <header>
        {item.number === null ? null : <span className="ci-no num">{item.number}</span>}
        <h3>{item.name}</h3>
        <span className="t12 t3 mono">
          {item.kind === "step" ? "" : `${item.id} · `}
          {item.weight}
        </span>
      </header>
      {isFocused && item.kind === "step" ? (
        <p className="t12 t3 ci-facts">{factsOf(item, states)}</p>
      ) : null}
      <div className="ci-row">
        <Levels
          label={`Your level: ${item.name}`}
          mark={rating}
          isLocked={false}
          isInTabOrder={isFocused}
          onLevel={level}
          onState={state}
        />
        {lacksReason(rating) && !isFocused ? (
          <span className="tag tag--line">No reason</span>
        ) : null}
        <span className="sp" />
        {panel === null ? null : <MachineChip item={item.id} panel={panel} />}
      </div>
      {isFocused ? <Details {...props} /> : <Short rating={rating} />}
      {panel === null ? null : <Compared item={item.id} own={rating} panel={panel} />}
    </CardRow>
  );
}

function spoken({ item, rating }: CardItemProps): string {
  const rated = isRated(rating) ? `level ${markText(rating)}` : "not rated";
  return `${item.number === null ? "" : `Step ${item.number}, `}${item.name}: ${rated}`;
}

/** What one has to see of an item one is not at. */
function Short({ rating }: { readonly rating: Rating }) {
  if (rating.reason === "" && rating.evidence.length === 0) return null;
  const count = rating.evidence.length;
  return (
    <p className="t12 t2 ci-short">
      {rating.reason}
      {count === 0 ? null : (
        <span className="t3">
          {" "}
          {count} {count === 1 ? "quote" : "quotes"}
        </span>
      )}
    </p>
  );
}

function Details(props: CardItemProps) {
  const { item, rating, isLocked, isOpen, onRate, onOpen, onEvidence } = props;
  const name = rating.level === null ? "" : `${rating.level}, ${NAMES[rating.level - 1] ?? ""}.`;
  return (
    <div className="ci-more">
      <p className="ci-anchor">
        {rating.level === null ? (
          <Anchors anchors={item.anchors} />
        ) : (
          <>
            <b>{name}</b> {item.anchors[rating.level - 1]}
          </>
        )}
      </p>
      {isLocked ? (
        <p className="t2">{rating.reason}</p>
      ) : (
        <textarea
          className="input"
          rows={2}
          data-reason
          aria-label={`Reason: ${item.name}`}
          placeholder="Why this level"
          value={rating.reason}
          onChange={({ target }) => onRate((now) => ({ ...now, reason: target.value }))}
        />
      )}
      <div className="ci-row">
        <Sureness rating={rating} isLocked={isLocked} onRate={onRate} />
        <label className="ci-probed t12">
          <input
            type="checkbox"
            checked={rating.is_probed}
            disabled={isLocked}
            onChange={({ target }) => onRate((now) => ({ ...now, is_probed: target.checked }))}
          />
          Probed
        </label>
        <span className="sp" />
        {isOpen === null ? null : (
          <button
            type="button"
            className="btn btn--ghost btn--sm"
            aria-expanded={isOpen}
            onClick={onOpen}
          >
            <Icon name={isOpen ? "chev-u" : "chev-d"} size={12} />
            Criteria
          </button>
        )}
      </div>
      <Evidences
        evidence={rating.evidence}
        onShow={onEvidence}
        onRemove={isLocked ? null : (index) => onRate((now) => withoutEvidence(now, index))}
      />
    </div>
  );
}

const NAMES = ["strong no", "no", "yes", "strong yes"] as const;

/** All four, until one of them is chosen. */
function Anchors({ anchors }: { readonly anchors: readonly string[] }) {
  return anchors.map((anchor, index) => (
    <span className="ci-anchors" key={anchor}>
      <b className="num">{index + 1}</b> {anchor}
    </span>
  ));
}

const SURENESS: readonly { readonly id: Confidence; readonly name: string }[] = [
  { id: "low", name: "Low" },
  { id: "mid", name: "Mid" },
  { id: "high", name: "High" },
];

function Sureness({
  rating,
  isLocked,
  onRate,
}: Pick<CardItemProps, "rating" | "isLocked" | "onRate">) {
  return (
    <span className="seg" role="group" aria-label="How sure you are">
      {SURENESS.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className={rating.confidence === id ? "is-on" : ""}
          aria-pressed={rating.confidence === id}
          disabled={isLocked}
          onClick={() => onRate((now) => ({ ...now, confidence: id }))}
        >
          {name}
        </button>
      ))}
    </span>
  );
}
