/** The lines below a level: quotes that lead to their place, lines that did not count, what is missing. */

import type { ReactNode } from "react";

import { Icon } from "../../ui/Icon";

import type { Evidence, GuardedLine } from "./scoring";
import { guardWords } from "./words";

interface ToPlaceProps {
  readonly evidence: Evidence;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function Quote({ evidence, onEvidence }: ToPlaceProps) {
  return (
    <blockquote className="ev">
      <Icon name="quote" size={14} />
      <span>
        “{evidence.quote.trim()}”
        <ToPlace evidence={evidence} onEvidence={onEvidence} />
      </span>
    </blockquote>
  );
}

interface GuardedLinesProps {
  readonly lines: readonly GuardedLine[];
  /** Where they are all there is, they are what one wants to read. */
  readonly isOpen: boolean;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function GuardedLines({ lines, isOpen, onEvidence }: GuardedLinesProps) {
  if (lines.length === 0) return null;
  const count = lines.length === 1 ? "1 line" : `${lines.length} lines`;
  return (
    <details className="guarded" open={isOpen}>
      <summary>
        <Icon name="chev-r" size={12} />
        {count} did not count
      </summary>
      {lines.map((line, index) => (
        <NotCounted key={index} line={line} onEvidence={onEvidence} />
      ))}
    </details>
  );
}

interface NotCountedProps {
  readonly line: GuardedLine;
  readonly onEvidence: (evidence: Evidence) => void;
}

function NotCounted({ line, onEvidence }: NotCountedProps) {
  return (
    <blockquote className="ev ev--off">
      <Icon name="minus" size={14} />
      <span>
        {guardWords(line.reason)}: “{line.quote.trim()}”
        <ToPlace evidence={{ source: "notes", ...line }} onEvidence={onEvidence} />
      </span>
    </blockquote>
  );
}

function ToPlace({ evidence, onEvidence }: ToPlaceProps) {
  return (
    <button type="button" className="to" onClick={() => onEvidence(evidence)}>
      {evidence.source === "notes" ? "Notes" : "Board"}
      <span className="sr">: show this place</span>
    </button>
  );
}

interface QuestionProps {
  readonly title: string;
  readonly icon?: string;
  readonly children: ReactNode;
}

export function Question({ title, icon = "ask", children }: QuestionProps) {
  return (
    <p className="ask-next">
      <Icon name={icon} size={14} />
      <span>
        <b>{title}</b>
        {children}
      </span>
    </p>
  );
}
