/** A dot for each criterion of a step, filled where something is found: no score, a hint. */

import { foundIn, type StepCoverage } from "./interviewers/scoring";

export function LiveMarks({ coverage }: { readonly coverage: StepCoverage }) {
  const { found, of } = foundIn(coverage);
  if (found === 0) return null;
  const words = `Something is said about ${found} of ${of} criteria`;
  return (
    <span className="live-marks" title={words}>
      {Array.from({ length: of }, (_, index) => (
        <i key={index} className={index < found ? "f" : ""} />
      ))}
      <span className="sr">. {words}</span>
    </span>
  );
}
