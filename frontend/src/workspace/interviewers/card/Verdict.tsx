/** One's own verdict, asked before the formula's band is shown. */

import { CardRow } from "./CardRow";
import { VERDICT, VERDICTS, verdictName } from "./cards";
import type { CardNow } from "./useCard";

export interface VerdictProps {
  readonly card: CardNow;
  readonly isFocused: boolean;
  readonly onFocus: () => void;
}

export function Verdict({ card, isFocused, onFocus }: VerdictProps) {
  const { verdict } = card.reply.card;
  return (
    <CardRow
      item={VERDICT}
      kind="verdict"
      label={`Your verdict: ${verdictName(verdict) || "not given"}`}
      isFocused={isFocused}
      onFocus={onFocus}
    >
      <h3>Your verdict</h3>
      <span className="lvs vds" role="radiogroup" aria-label="Your verdict">
        {VERDICTS.map(({ id, name }, index) => (
          <button
            key={id}
            type="button"
            role="radio"
            className={`lv lv-${index + 1}`}
            aria-checked={verdict === id}
            tabIndex={isFocused ? 0 : -1}
            disabled={card.isSubmitted}
            onClick={() => card.decide(id)}
          >
            {name}
          </button>
        ))}
      </span>
      {card.isSubmitted ? (
        <p className="t2">{card.verdictReason}</p>
      ) : (
        <textarea
          className="input"
          rows={2}
          aria-label="Why this verdict"
          placeholder="Why, in a sentence or two"
          value={card.verdictReason}
          onChange={(event) => card.writeVerdictReason(event.target.value)}
          onBlur={card.keepVerdictReason}
        />
      )}
      <Formula card={card} />
    </CardRow>
  );
}

function Formula({ card }: { readonly card: CardNow }) {
  const { formula, rubric, card: own } = card.reply;
  if (own.verdict === "" || formula === null) {
    return <p className="t12 t3">The formula's band is shown after your own verdict.</p>;
  }
  const band = rubric.bands.find((one) => one.id === formula.band)?.name ?? "no band";
  if (formula.total === null) return <p className="t12 t2">{formula.whyNoTotal}</p>;
  return (
    <p className="t12 t2">
      The formula gives <b className="num">{formula.total.toFixed(2)}</b>, {band.toLowerCase()}.
      {formula.flips ? " With all weights alike the band is another one." : ""}
    </p>
  );
}
