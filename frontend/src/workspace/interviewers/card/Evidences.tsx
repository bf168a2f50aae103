/** What a rating rests on: quotes and parts of the board, each a way to its place. */

import { Icon } from "../../../ui/Icon";
import { IconButton } from "../../../ui/IconButton";
import type { Evidence } from "../scoring";

import type { CardEvidence } from "./cards";
import { clockText } from "./stamps";

export interface EvidencesProps {
  readonly evidence: readonly CardEvidence[];
  readonly onShow: (evidence: Evidence) => void;
  /** Null where the card is locked. */
  readonly onRemove: ((index: number) => void) | null;
}

export function Evidences({ evidence, onShow, onRemove }: EvidencesProps) {
  if (evidence.length === 0) return null;
  return (
    <ul className="ci-evs" aria-label="Evidence">
      {evidence.map((one, index) => (
        <li className="ev" key={index}>
          <Icon name={one.kind === "note" ? "quote" : "shapes"} size={14} />
          <span>
            {textOf(one)}
            <Place evidence={one} onShow={onShow} />
          </span>
          {onRemove === null ? null : (
            <IconButton
              icon="x"
              label={`Take away: ${textOf(one)}`}
              size={24}
              onClick={() => onRemove(index)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Place({ evidence, onShow }: { evidence: CardEvidence } & Pick<EvidencesProps, "onShow">) {
  const place = placeOf(evidence);
  const clock = evidence.clock_s === null ? "" : `, ${clockText(evidence.clock_s)}`;
  if (place === null) return <span className="t3"> Replay{clock}</span>;
  return (
    <button type="button" className="to" onClick={() => onShow(place)}>
      {place.source === "notes" ? "Notes" : "Board"}
      {clock}
      <span className="sr">: show this place</span>
    </button>
  );
}

const textOf = ({ kind, pointer }: CardEvidence): string =>
  kind === "note" ? `“${(pointer.quote ?? "").trim()}”` : (pointer.name ?? "A moment");

/** As the score's evidence is, which leads to the same places. Null for a moment of the replay. */
export function placeOf({ kind, pointer }: CardEvidence): Evidence | null {
  const { step = "", start = 0, end = 0, quote = "", id = "", name = "" } = pointer;
  if (kind === "note") return { source: "notes", step, start, end, quote };
  return kind === "moment" ? null : { source: kind, id, quote: name };
}
