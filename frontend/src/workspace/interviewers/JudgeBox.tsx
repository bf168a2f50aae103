/** The second reading by a language model: who may switch it on, what it means, how it stands. */

import { isUnderWay, judgementWords } from "./judging";
import type { JudgeNow } from "./useJudge";

export interface JudgeBoxProps {
  readonly judge: JudgeNow;
  readonly mayRun: boolean;
}

export function JudgeBox({ judge, mayRun }: JudgeBoxProps) {
  const { consent, judgement, isBusy, setGiven, ask } = judge;
  if (consent === null) return null;
  const canAsk = mayRun && consent.given && (judgement === null || judgement.status === "failed");
  return (
    <section className="judge" aria-label="Second reading">
      <h3>Second reading</h3>
      <p className="t12 t2">
        {consent.model} at {consent.host} can read this session too. The score stays the machine's
        own; the second reading stands beside it.
      </p>
      {consent.may_change ? (
        <label className="judge-switch">
          <input
            type="checkbox"
            checked={consent.given}
            disabled={isBusy}
            onChange={(event) => setGiven(event.target.checked)}
          />
          <span>
            Send the notes of played steps, the board, the problem and the rubric to {consent.host}
            <small className="t12 t3">
              Names of people here and e-mail addresses are replaced first. Withdrawing stops it at
              once; what was sent cannot be called back. Tell the candidate before.
            </small>
          </span>
        </label>
      ) : (
        <p className="t12 t3">
          {consent.given
            ? `${consent.by ?? "The owner"} has agreed to it for this session.`
            : "The owner of this session has not agreed to it."}
        </p>
      )}
      {judgement === null ? null : (
        <p className="t12 t2" role={isUnderWay(judgement) ? "status" : undefined}>
          {judgementWords(judgement)}
        </p>
      )}
      {canAsk ? (
        <button type="button" className="btn btn--sm" disabled={isBusy} onClick={ask}>
          {judgement === null ? "Read this score again" : "Try again"}
        </button>
      ) : null}
    </section>
  );
}
