/** One item beside one's own rating: what the machine and the colleagues gave, where they may be seen. */

import { Face } from "../../../ui/Face";
import { Level } from "../Level";
import { surenessOf, surenessWords } from "../words";

import { differenceWords, isFarApart, type Mark, markText, type PanelReply } from "./cards";

export interface ComparedProps {
  readonly item: string;
  readonly own: Mark;
  readonly panel: PanelReply;
}

const BARS = { low: 1, middle: 2, high: 3 } as const;

export function MachineChip({ item, panel }: Omit<ComparedProps, "own">) {
  const mark = panel.machine?.ratings[item];
  if (mark === undefined) return null;
  return (
    <span className="mach" title={surenessWords(mark.confidence)}>
      <span className="t12 t3">Machine</span>
      <Chip mark={mark} />
      <span className="conf" aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <i key={bar} className={bar <= BARS[surenessOf(mark.confidence)] ? "f" : ""} />
        ))}
      </span>
    </span>
  );
}

export function Compared({ item, own, panel }: ComparedProps) {
  const machine = panel.machine?.ratings[item];
  const peers = panel.peers.flatMap((peer) => {
    const mark = peer.ratings[item];
    return mark === undefined ? [] : [{ ...peer, mark }];
  });
  const others = [...(machine === undefined ? [] : [{ name: "Machine", mark: machine }]), ...peers];
  const notes = others.flatMap(({ name, mark }) => {
    const words = differenceWords(name, own, mark);
    return words === "" ? [] : [{ words, isFar: isFarApart(own, mark) }];
  });
  return (
    <>
      {peers.length === 0 ? null : (
        <ul className="ci-peers" aria-label="The others">
          {peers.map(({ participant, name, color, mark }) => (
            <li key={participant}>
              <Face name={name} title={name} color={color} size={18} />
              <span className="clip t12">{name}</span>
              <Chip mark={mark} />
              {mark.reason === "" ? null : <span className="t12 t2 ci-why">{mark.reason}</span>}
            </li>
          ))}
        </ul>
      )}
      {notes.length === 0 ? null : (
        <p className="ci-tags">
          {notes.map(({ words, isFar }) => (
            <span key={words} className={`tag ${isFar ? "tag--warn" : "tag--line"}`}>
              {words}
              {isFar ? ", for the debrief" : ""}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

function Chip({ mark }: { readonly mark: Mark }) {
  return (
    <Level level={mark.level === null ? null : Math.round(mark.level)} text={markText(mark)} />
  );
}
