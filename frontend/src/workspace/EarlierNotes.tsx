/** What was written in another flow, before the session switched: to read, folded. */

import { otherSteps } from "./flows";
import { useWrittenTexts } from "./notesTexts";
import { useFlow, useSession } from "./session";

export function EarlierNotes() {
  const { board, boot } = useSession();
  const flow = useFlow();
  const texts = useWrittenTexts(board.notes);
  const written = otherSteps(boot, flow).flatMap(({ id, name }) => {
    const text = texts.get(id);
    return text === undefined ? [] : [{ id, name, text }];
  });
  if (written.length === 0) return null;
  return (
    <details className="earlier">
      <summary className="inset">Notes of the earlier flow ({written.length})</summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys */}
      <div className="earlier-b" tabIndex={0} role="region" aria-label="Notes of the earlier flow">
        {written.map(({ id, name, text }) => (
          <section key={id}>
            <h3>{name}</h3>
            <p>{text}</p>
          </section>
        ))}
      </div>
    </details>
  );
}
