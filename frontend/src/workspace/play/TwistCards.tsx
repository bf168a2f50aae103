/** Twists that were played: a card over the board until it is put away, then in the guide. */

import { useState } from "react";

import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { useSession } from "../session";

import type { InterviewPlay, Twist } from "./types";

export function TwistCards({ play }: { readonly play: InterviewPlay }) {
  const [put, putAway] = usePutAway();
  if (play.stage === "ended") return null;
  const shown = play.twists.filter((one) => one.played_at !== null && !put.has(one.index));
  return (
    <div className="twists" aria-live="polite">
      {shown.map((twist) => (
        <section key={twist.index} className="pop twist" aria-label={`A twist: ${twist.title}`}>
          <header>
            <Icon name="fork" size={14} />
            <b>{twist.title}</b>
            <span className="sp" />
            <IconButton
              icon="x"
              label="Put away: it stays in the guide"
              size={24}
              onClick={() => putAway(twist.index)}
            />
          </header>
          <p>{twist.text}</p>
        </section>
      ))}
    </div>
  );
}

/** Remembered while this tab lives. */
function usePutAway(): readonly [ReadonlySet<number>, (index: number) => void] {
  const { boot } = useSession();
  const key = `ninestep.twists.${boot.design.id}`;
  const [put, setPut] = useState<ReadonlySet<number>>(
    () => new Set(JSON.parse(sessionStorage.getItem(key) ?? "[]") as number[]),
  );
  const putAway = (index: number): void => {
    const next = new Set([...put, index]);
    sessionStorage.setItem(key, JSON.stringify([...next]));
    setPut(next);
  };
  return [put, putAway];
}

/** In the guide: what was played, and the answers to what was asked. */
export function PlayedInGuide({ play }: { readonly play: InterviewPlay }) {
  const twists = play.twists.filter((one): one is Twist => one.played_at !== null);
  const answers = play.clarifications.filter((one) => one.revealed_at !== null);
  return (
    <>
      {twists.length === 0 ? null : (
        <section className="played">
          <h3>Twists</h3>
          {twists.map(({ index, title, text }) => (
            <p key={index}>
              <b>{title}.</b> {text}
            </p>
          ))}
        </section>
      )}
      {answers.length === 0 ? null : (
        <section className="played">
          <h3>You asked</h3>
          <dl>
            {answers.map(({ index, question, answer }) => (
              <div key={index}>
                <dt>{question}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}
