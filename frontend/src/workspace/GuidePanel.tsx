/** What the current step asks, folded by topic, as prompts that can be put into its notes. */

import { lazy, Suspense } from "react";

import { appendToNotes } from "../notes";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { useNotices } from "../ui/notices";

import type { FlowStep, Prompt } from "./bootstrap";
import { noteOf, type Topic, topicsOf } from "./guide";
import { useText } from "./notesTexts";
import { PlayedInGuide } from "./play/TwistCards";
import { usePlaying } from "./play/usePlay";
import { useSession } from "./session";

const InterviewersGuide = lazy(async () => ({
  default: (await import("./running")).InterviewersGuide,
}));

export interface GuidePanelProps {
  readonly step: FlowStep;
  readonly mayEdit: boolean;
  /** Interviewers have answers and twists beside it. */
  readonly mayRun: boolean;
}

export function GuidePanel({ step, mayEdit, mayRun }: GuidePanelProps) {
  const { board, boot } = useSession();
  const text = useText(board.notes, step.id);
  const { announce } = useNotices();
  const playing = usePlaying();

  const put = (prompt: Prompt): void => {
    if (text === null) return;
    appendToNotes(text, noteOf(prompt));
    announce(`“${prompt.title}” is in the notes of step ${step.number}.`);
  };
  const onPut = mayEdit && text !== null ? put : null;

  return (
    <div
      className="guide inset"
      role="region"
      aria-label={`Guide for step ${step.number}`}
      tabIndex={-1}
    >
      <h2>{step.name}</h2>
      <p className="t2">{step.purpose}</p>
      {playing === null ? null : <PlayedInGuide play={playing.reading.play} />}
      {topicsOf(step.prompts).map((topic, index) => (
        // The key forgets, on the next step, what was unfolded on this one.
        <TopicFold
          key={`${step.id} ${topic.name}`}
          topic={topic}
          isOpen={index === 0}
          onPut={onPut}
        />
      ))}
      {mayRun && playing !== null ? (
        <Suspense>
          <InterviewersGuide playing={playing} />
        </Suspense>
      ) : null}
      {boot.problem === null ? null : (
        <section className="brief">
          <h3>The problem: {boot.problem.title}</h3>
          <p>{boot.problem.prompt}</p>
          {boot.interview === null || boot.interview.brief === "" ? null : (
            <p className="written">{boot.interview.brief}</p>
          )}
        </section>
      )}
    </div>
  );
}

interface TopicFoldProps {
  readonly topic: Topic;
  readonly isOpen: boolean;
  /** Null for who may not write the notes. */
  readonly onPut: ((prompt: Prompt) => void) | null;
}

function TopicFold({ topic, isOpen, onPut }: TopicFoldProps) {
  return (
    <details className="topic" open={isOpen}>
      <summary className="inset">
        <Icon name="chev-r" size={14} />
        <h3>{topic.name}</h3>
        <span className="num t12 t3">{topic.prompts.length}</span>
      </summary>
      <ul>
        {topic.prompts.map((prompt) => (
          <li key={prompt.id}>
            <PromptFold prompt={prompt} />
            {onPut === null ? null : (
              <IconButton
                icon="plus"
                label={`Put in notes: ${prompt.title}`}
                size={28}
                onClick={() => onPut(prompt)}
              />
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The question first; why it matters and what an answer can look like on opening. */
function PromptFold({ prompt }: { readonly prompt: Prompt }) {
  return (
    <details className="prompt">
      <summary className="inset">
        <Icon name="chev-r" size={12} />
        <b>{prompt.title}</b>
        <span>{prompt.question}</span>
      </summary>
      <p>{prompt.why}</p>
      <blockquote>
        <span className="sr">For example: </span>
        {prompt.example}
      </blockquote>
      {prompt.options.length === 0 ? null : (
        <ul className="options" aria-label="Options">
          {prompt.options.map((option) => (
            <li key={option}>{option}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
