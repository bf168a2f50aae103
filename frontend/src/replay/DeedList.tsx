/** Who did what, around the moment that is shown. */

import { useStore } from "../board/useStore";
import { Face } from "../ui/Face";
import { allSteps } from "../workspace/flows";

import { useReplay } from "./session";
import { clock, wordsOf } from "./words";

/** Entries before and after the present one. */
const BEFORE = 40;
const AFTER = 8;

export function DeedList() {
  const { boot, film, player, chronicle, contents } = useReplay();
  const current = useStore(player.state, ({ shown }) => chronicle.entryOf(shown - 1));
  const people = useStore(contents, (all) => all.people);
  const from = Math.max(0, current - BEFORE);
  const shown = chronicle.entries.slice(from, current + AFTER + 1);
  const began = film.rows[0]?.at ?? 0;
  return (
    <ol className="rp-deeds">
      {shown.map(({ who, deed, first, last }, index) => {
        const person = who ? people.get(who) : undefined;
        const [what, thing] = wordsOf(deed, allSteps(boot));
        const place = from + index - current;
        return (
          <li key={first} ref={place === 0 ? keepInView : undefined}>
            <button
              type="button"
              className={`inset ${place === 0 ? "is-now" : ""} ${place > 0 ? "is-next" : ""}`}
              aria-current={place === 0 ? "true" : undefined}
              onClick={() => player.showRow(last)}
            >
              <span className="num t3">{clock((film.rows[first]?.at ?? began) - began)}</span>
              {person ? <Face name={person.name} color={person.color} size={18} /> : <i />}
              <span>
                {what} <b>{thing}</b>
                {deed.said.trim() === "" ? null : <q>{deed.said.trim()}</q>}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function keepInView(element: HTMLElement | null): void {
  const list = element?.parentElement;
  if (!element || !list) return;
  list.scrollTop = element.offsetTop - list.clientHeight * 0.6;
}
