/** Beside the guide, for interviewers: answers to give when asked, and twists to play. */

import { Icon } from "../../ui/Icon";
import type { Playing } from "../play/usePlay";

export function InterviewersGuide({ playing }: { readonly playing: Playing }) {
  const { play } = playing.reading;
  const isUnderWay = play.stage === "running" || play.stage === "paused";
  if (play.twists.length === 0 && play.clarifications.length === 0) return null;
  return (
    <section className="held" aria-label="For interviewers: answers and twists">
      <span className="over">
        <Icon name="lock" size={12} />
        Interviewers
      </span>
      {play.clarifications.length === 0 ? null : (
        <Held
          title="Answers, when asked"
          done="Revealed"
          label="Reveal"
          items={play.clarifications.map((one) => ({
            index: one.index,
            title: one.question,
            text: one.answer,
            more: one.decides ?? "",
            isDone: one.revealed_at !== null,
          }))}
          canDo={isUnderWay && !playing.isBusy}
          onDo={(index) => playing.act({ do: "clarification", index })}
        />
      )}
      {play.twists.length === 0 ? null : (
        <Held
          title="Twists"
          done="Played"
          label="Play"
          items={play.twists.map((one) => ({
            index: one.index,
            title: one.title,
            text: one.text,
            more: one.expects === undefined ? "" : `Expect: ${one.expects}`,
            isDone: one.played_at !== null,
          }))}
          canDo={isUnderWay && !playing.isBusy}
          onDo={(index) => playing.act({ do: "twist", index })}
        />
      )}
    </section>
  );
}

interface HeldItem {
  readonly index: number;
  readonly title: string;
  readonly text: string;
  readonly more: string;
  readonly isDone: boolean;
}

interface HeldProps {
  readonly title: string;
  readonly label: string;
  readonly done: string;
  readonly items: readonly HeldItem[];
  readonly canDo: boolean;
  readonly onDo: (index: number) => void;
}

function Held({ title, label, done, items, canDo, onDo }: HeldProps) {
  return (
    <details className="topic">
      <summary className="inset">
        <Icon name="chev-r" size={14} />
        <h3>{title}</h3>
        <span className="num t12 t3">{items.length}</span>
      </summary>
      <ul>
        {items.map((item) => (
          <li key={item.index}>
            <div className="held-text">
              <b>{item.title}</b>
              <p>{item.text}</p>
              {item.more === "" ? null : <p className="t12 t3">{item.more}</p>}
            </div>
            {item.isDone ? (
              <span className="tag tag--good">{done}</span>
            ) : (
              <button
                type="button"
                className="btn btn--sm"
                disabled={!canDo}
                aria-label={`${label}: ${item.title}`}
                onClick={() => onDo(item.index)}
              >
                {label}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
