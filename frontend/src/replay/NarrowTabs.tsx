/** A narrow screen shows the board or one part of the panel. */

import { Icon } from "../ui/Icon";

import { TABS, type View } from "./tabs";

const VIEWS: readonly { readonly id: View; readonly label: string; readonly icon: string }[] = [
  { id: "board", label: "Board", icon: "graph" },
  ...TABS,
];

export interface NarrowTabsProps {
  readonly view: View;
  readonly onView: (view: View) => void;
}

export function NarrowTabs({ view, onView }: NarrowTabsProps) {
  return (
    <nav className="mtabs" aria-label="View">
      {VIEWS.map(({ id, label, icon }) => (
        <button
          key={id}
          type="button"
          className={`inset ${id === view ? "is-on" : ""}`}
          aria-current={id === view ? "true" : undefined}
          onClick={() => onView(id)}
        >
          <Icon name={icon} size={20} />
          {label}
        </button>
      ))}
    </nav>
  );
}
