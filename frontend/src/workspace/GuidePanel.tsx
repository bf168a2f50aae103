/** What the current step asks, as prompts that can be put into its notes. */

import { appendToNotes } from "../notes";
import { Icon } from "../ui/Icon";
import { useNotices } from "../ui/notices";

import type { FlowStep } from "./bootstrap";
import { useText } from "./notesTexts";
import { useSession } from "./session";

export interface GuidePanelProps {
  readonly step: FlowStep;
  readonly mayEdit: boolean;
}

export function GuidePanel({ step, mayEdit }: GuidePanelProps) {
  const { board, boot } = useSession();
  const text = useText(board.notes, step.id);
  const { announce } = useNotices();

  const put = (title: string, prompt: string): void => {
    if (text === null) return;
    appendToNotes(text, `- [ ] **${title}** ${prompt}`);
    announce(`“${title}” is in the notes of step ${step.number}.`);
  };

  return (
    <div
      className="guide inset"
      role="region"
      aria-label={`Guide for step ${step.number}`}
      tabIndex={-1}
    >
      <h2>{step.name}</h2>
      <p className="t2">{step.purpose}</p>
      <ul>
        {step.prompts.map((prompt) => (
          <li key={prompt.title}>
            <h3>{prompt.title}</h3>
            <p>{prompt.text}</p>
            {mayEdit ? (
              <button
                type="button"
                className="btn btn--ghost btn--sm"
                aria-label={`Put in notes: ${prompt.title}`}
                disabled={text === null}
                onClick={() => put(prompt.title, prompt.text)}
              >
                <Icon name="plus" size={14} />
                Put in notes
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {boot.problem === null ? null : (
        <section className="brief">
          <h3>The problem: {boot.problem.title}</h3>
          <p>{boot.problem.prompt}</p>
        </section>
      )}
    </div>
  );
}
