/** A row of the card that can have the focus: keys act on it then, as the shortcut sheet says. */

import type { ReactNode } from "react";

export interface CardRowProps {
  readonly item: string;
  readonly kind: string;
  readonly label: string;
  readonly isFocused: boolean;
  readonly onFocus: () => void;
  readonly children: ReactNode;
}

export function CardRow({ item, kind, label, isFocused, onFocus, children }: CardRowProps) {
  // The list hears the keys; one row is its stop of Tab, and digits set the level of that row.
  /* eslint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */
  return (
    <section
      className={`ci ci--${kind} inset ${isFocused ? "is-cur" : ""}`}
      role="group"
      aria-label={label}
      data-item={item}
      tabIndex={isFocused ? 0 : -1}
      onFocus={onFocus}
    >
      {children}
    </section>
  );
  /* eslint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */
}
