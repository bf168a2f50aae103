/** A row of tabs: one is in the tab order, arrow keys move between them. */

import type { KeyboardEvent } from "react";

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly items: readonly TabItem<Id>[];
  /** Null where the chosen tab is in another row. */
  readonly current: Id | null;
  readonly onChoose: (id: Id) => void;
  /** Id of the element that shows the chosen tab. */
  readonly controls: string;
}

export function Tabs<Id extends string>(props: TabsProps<Id>) {
  const { label, items, current, onChoose, controls } = props;
  const reachable = items.some((item) => item.id === current) ? current : items[0]?.id;
  return (
    <div className="tl" role="tablist" tabIndex={-1} aria-label={label} onKeyDown={moveFocus}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          className={`tab inset ${item.id === current ? "is-on" : ""}`}
          aria-selected={item.id === current}
          aria-controls={item.id === current ? controls : undefined}
          tabIndex={item.id === reachable ? 0 : -1}
          onClick={() => onChoose(item.id)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
  const current = tabs.indexOf(document.activeElement as HTMLElement);
  const next = tabs[(current + step + tabs.length) % tabs.length];
  event.preventDefault();
  next?.focus();
  next?.click();
}
