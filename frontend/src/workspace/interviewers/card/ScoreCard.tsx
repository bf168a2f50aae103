/** The Score tab of an interview: one's own card, filled in by mouse or by keys alone. */

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

import { Icon } from "../../../ui/Icon";
import { useNotices } from "../../../ui/notices";
import type { FlowStep } from "../../bootstrap";
import { useSession } from "../../session";
import { Skeleton } from "../../Skeleton";
import type { ScoredPlace } from "../../useViews";
import type { Evidence } from "../scoring";

import { CardItem } from "./CardItem";
import {
  type CardEvidence,
  type Item,
  type Mark,
  missingIn,
  neighbour,
  nextConfidence,
  type PanelReply,
  progressOf,
  progressWords,
  shownItems,
  type StepStates,
  UNRATED,
  VERDICT,
  VERDICTS,
  withEvidence,
  withLevel,
  withState,
} from "./cards";
import { saveWords } from "./drafts";
import { type CardCommand, cardCommandOf } from "./keys";
import { ReviseDialog } from "./ReviseDialog";
import type { CardNow } from "./useCard";
import { Verdict } from "./Verdict";

export interface ScoreCardProps {
  readonly card: CardNow | null;
  /** To the machine's whole reading and back, where it may be seen. */
  readonly views: ReactNode;
  readonly step: FlowStep;
  readonly states: StepStates;
  /** The item that keys and evidence go to. */
  readonly focused: string;
  readonly onFocus: (item: string) => void;
  /** What is selected on the board or in the notes. */
  readonly pointed: () => CardEvidence | null;
  readonly cameFrom: ScoredPlace | null;
  readonly onEvidence: (evidence: Evidence, from: ScoredPlace | null) => void;
}

export function ScoreCard(props: ScoreCardProps) {
  return props.card === null ? (
    <Skeleton label="Your card is loading" />
  ) : (
    <Filled {...props} card={props.card} />
  );
}

interface Revision {
  readonly item: Item;
  readonly wanted: Mark;
}

function Filled(props: ScoreCardProps & { readonly card: CardNow }) {
  const { card, step, states, focused, onFocus, pointed, cameFrom, onEvidence } = props;
  const { items, ratings, panel, isSubmitted } = card;
  const { announce, toast } = useNotices();
  const { design } = useSession().boot;
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set([step.id]));
  const [revision, setRevision] = useState<Revision | null>(null);
  const [showsMissing, setShowsMissing] = useState(false);
  const missing = missingIn(items, states, ratings, {
    verdict: card.reply.card.verdict,
    verdict_reason: card.verdictReason,
  });
  const shown = shownItems(items, open);

  const focusRow = (id: string): void => {
    onFocus(id);
    // The row has grown by then, and scrolls into view whole.
    requestAnimationFrame(() => rowOf(list.current, id)?.focus());
  };
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const submit = (): void => {
    if (!card.reply.may.submit) return;
    setShowsMissing(missing.length > 0);
    if (missing.length === 0) card.submit();
    else announce(`Not submitted: ${missing.length} things are missing.`);
  };
  const revise = (item: Item, level: number | null, state: Mark["state"]): void =>
    setRevision({ item, wanted: { level, state } });

  // One comes back from a quote to the item that it belongs to.
  const returned = cameFrom?.criterion;
  useEffect(() => {
    if (returned !== undefined) rowOf(list.current, returned)?.focus();
  }, [returned]);

  const act = (command: CardCommand): boolean => {
    if (command.type === "submit") {
      if (!isSubmitted) submit();
      return true;
    }
    if (command.type === "back") {
      rowOf(list.current, focused)?.focus();
      return true;
    }
    if (command.type === "move") {
      const rows = [...shown.map(({ id }) => id), VERDICT];
      focusRow(neighbour(rows, focused, command.by));
      return true;
    }
    if (focused === VERDICT) return decide(command);
    const item = items.find(({ id }) => id === focused);
    return item !== undefined && change(item, command);
  };
  const decide = (command: CardCommand): boolean => {
    if (command.type === "reason") return focusText(list.current, VERDICT);
    const verdict = command.type === "level" ? VERDICTS[command.level - 1] : undefined;
    if (verdict === undefined || isSubmitted) return false;
    card.decide(verdict.id);
    return true;
  };
  const change = (item: Item, command: CardCommand): boolean => {
    const rate = (next: Parameters<CardNow["rate"]>[1]): boolean => {
      if (!isSubmitted) card.rate(item.id, next);
      return true;
    };
    switch (command.type) {
      case "level":
        if (isSubmitted) revise(item, command.level, "");
        return rate((now) => withLevel(now, command.level));
      case "state":
        if (isSubmitted) revise(item, null, command.state);
        return rate((now) => withState(now, command.state));
      case "confidence":
        return rate((now) => ({ ...now, confidence: nextConfidence(now.confidence) }));
      case "probed":
        return rate((now) => ({ ...now, is_probed: !now.is_probed }));
      case "reason":
        return focusText(list.current, item.id);
      case "criteria":
        toggle(item.parent ?? item.id);
        if (item.parent !== null) focusRow(item.parent);
        return true;
      case "evidence":
        return takeEvidence(item);
      default:
        return false;
    }
  };
  const takeEvidence = (item: Item): boolean => {
    const found = pointed();
    if (found === null) toast(NOTHING_SELECTED);
    else if (!isSubmitted) {
      card.rate(item.id, (now) => withEvidence(now, found));
      announce(`Evidence for ${item.name}.`);
    }
    return true;
  };
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const target = event.target as HTMLElement;
    // Enter and Space press the button that has the focus.
    if (event.key === "Enter" && !event.ctrlKey && target.dataset.item === undefined) return;
    const command = cardCommandOf(event, target.matches("textarea, input:not([type=checkbox])"));
    if (command !== null && act(command)) event.preventDefault();
  };

  return (
    <>
      <CardHead
        card={card}
        views={props.views}
        words={progressWords(progressOf(items, states, ratings))}
      />
      {/* The rows have the focus; the list only hears the keys pressed in them. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div className="crs cis" role="region" aria-label="Score card" ref={list} onKeyDown={press}>
        {shown.map((item, index) => (
          <div key={item.id}>
            {item.kind === "cross" && shown[index - 1]?.kind !== "cross" ? (
              <h2 className="over ci-over">Across the session</h2>
            ) : null}
            <CardItem
              item={item}
              rating={ratings[item.id] ?? UNRATED}
              states={states}
              isFocused={item.id === focused}
              isOpen={item.kind === "step" ? open.has(item.id) : null}
              isLocked={isSubmitted}
              panel={panel}
              onFocus={() => onFocus(item.id)}
              onOpen={() => toggle(item.id)}
              onRate={(next) => card.rate(item.id, next)}
              onRevise={(level, state) => revise(item, level, state)}
              onEvidence={(evidence) => onEvidence(evidence, { step: step.id, criterion: item.id })}
            />
          </div>
        ))}
        <Verdict card={card} isFocused={focused === VERDICT} onFocus={() => onFocus(VERDICT)} />
        {showsMissing && missing.length > 0 && !isSubmitted ? (
          <section className="ci-missing" role="alert">
            <h3>Before it can be submitted</h3>
            <ul>
              {missing.map(({ item, text }) => (
                <li key={item + text}>
                  <button type="button" className="to" onClick={() => focusRow(item)}>
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
      <footer className="sf">
        {isSubmitted ? null : (
          <>
            <span className="kbd">E</span>
            <span className="clip">takes evidence</span>
          </>
        )}
        <span className="sp" />
        {isSubmitted || card.reply.may.submit ? null : (
          <span className="t12 t3">After the end:</span>
        )}
        {isSubmitted ? (
          <a className="btn btn--pri btn--sm" href={`/designs/${design.id}/debrief`}>
            Debrief
            <Icon name="arrow-r" size={14} />
          </a>
        ) : (
          <button
            type="button"
            className="btn btn--pri btn--sm"
            disabled={card.isBusy || !card.reply.may.submit}
            title="Ctrl+Enter"
            onClick={submit}
          >
            Submit
          </button>
        )}
      </footer>
      {revision === null ? null : (
        <ReviseDialog
          item={revision.item}
          before={ratings[revision.item.id] ?? UNRATED}
          wanted={revision.wanted}
          onClose={() => setRevision(null)}
          onRevise={(to) => {
            card.revise(revision.item.id, to);
            setRevision(null);
          }}
        />
      )}
    </>
  );
}

const NOTHING_SELECTED = {
  text: "Nothing is selected",
  more: "Select words in the notes or a part of the board, then press E.",
};

interface CardHeadProps {
  readonly views: ReactNode;
  readonly card: CardNow;
  readonly words: string;
}

function CardHead({ card, views, words }: CardHeadProps) {
  const { panel, reply, isSubmitted, saving } = card;
  const reasons = isSubmitted ? withheldIn(panel) : [WITHHELD];
  return (
    <div className="sh ch">
      <div className="ci-row">
        <h2>Your card</h2>
        <span className="sp" />
        {isSubmitted ? (
          <span className="state t12">
            <Icon name="check" size={14} />
            Submitted {timeOf(reply.card.submitted_at)}
          </span>
        ) : (
          <span className="state t12" role="status" data-card-state={saving.kind}>
            {saveWords(saving)}
          </span>
        )}
      </div>
      <p className="t12 t2">
        {isSubmitted ? "Locked. A level is changed by revising it, with a reason." : words}
        {panel?.machine?.validated === false ? (
          <span className="tag tag--line ci-unv">Machine unvalidated</span>
        ) : null}
      </p>
      {reasons.map((reason) => (
        <p className="t12 t3 ci-with" key={reason}>
          <Icon name="lock" size={12} />
          {reason}
        </p>
      ))}
      {views}
    </div>
  );
}

const WITHHELD = "Scores of the others and of the machine are withheld until your card is in.";

const withheldIn = (panel: PanelReply | null): readonly string[] =>
  [...new Set([panel?.withheld.peers, panel?.withheld.machine])].filter(isSaid);

const isSaid = (one: string | undefined): one is string => one !== undefined && one !== "";

const timeOf = (moment: string | null): string =>
  moment === null
    ? ""
    : new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

const rowOf = (list: HTMLElement | null, id: string): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`) ?? null;

function focusText(list: HTMLElement | null, id: string): boolean {
  rowOf(list, id)?.querySelector("textarea")?.focus();
  return true;
}
