/** What can be done with the selection, where the right button was pressed. */

import { useEffect, useRef, type KeyboardEvent } from "react";

import { reverse, setKind } from "../document/changes";
import { CONNECTION_KINDS } from "../document/types";
import { keyOf, type Command } from "../tools/keys";
import { merge } from "../tools/store";
import { Icon } from "../ui/Icon";

import { run } from "./keyboard";
import { KIND_NAMES } from "./Legend";
import { selectedEnd, selectedItems } from "./selection";
import type { Session } from "./session";
import { useStore } from "./useStore";

interface Entry {
  readonly label: string;
  readonly icon: string;
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly act: () => void;
}

interface ContextMenuProps {
  readonly session: Session;
  readonly readOnly: boolean;
}

export function ContextMenu({ session, readOnly }: ContextMenuProps) {
  const menu = useStore(session.ui, (ui) => ui.menu);
  if (!menu) return null;
  const sections = sectionsOf(session, readOnly).filter((section) => section.length);
  return <OpenMenu key={`${menu.at.x} ${menu.at.y}`} session={session} sections={sections} />;
}

interface OpenMenuProps {
  readonly session: Session;
  readonly sections: readonly (readonly Entry[])[];
}

function OpenMenu({ session, sections }: OpenMenuProps) {
  const element = useRef<HTMLDivElement>(null);
  const { client } = session.ui.get().menu ?? { client: { x: 0, y: 0 } };
  const area = session.element?.getBoundingClientRect();

  useEffect(() => {
    const menu = element.current;
    if (menu) keepInside(menu);
    menu?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const closeOutside = (event: Event): void => {
      if (!menu?.contains(event.target as Node)) merge(session.ui, { menu: null });
    };
    window.addEventListener("pointerdown", closeOutside);
    return () => window.removeEventListener("pointerdown", closeOutside);
  }, [session]);

  const close = (): void => {
    merge(session.ui, { menu: null });
    session.element?.focus({ preventScroll: true });
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (event.key === "ArrowDown") focusNext(element.current, 1);
    else if (event.key === "ArrowUp") focusNext(element.current, -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={element}
      role="menu"
      aria-label="Board"
      tabIndex={-1}
      className="pop menu board-menu"
      style={{ left: client.x - (area?.left ?? 0), top: client.y - (area?.top ?? 0) }}
      onKeyDown={keyDown}
    >
      {sections.map((section, index) => (
        <div key={index} role="presentation">
          {index > 0 && <hr />}
          {section.map(({ label, icon, shortcut, danger, act }) => (
            <button
              key={label}
              type="button"
              role="menuitem"
              className={`mi ${danger ? "mi--bad" : ""}`}
              onClick={() => {
                close();
                act();
              }}
            >
              <Icon name={icon} />
              {label}
              <span className="kbd-t">{shortcut}</span>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

function sectionsOf(session: Session, readOnly: boolean): Entry[][] {
  const command = (label: string, icon: string, name: Command, danger = false): Entry => ({
    label,
    icon,
    shortcut: keyOf(name),
    danger,
    act: () => void run(session, name),
  });
  const view = [
    command("Zoom to fit", "fit", "view.fit"),
    command("Outline", "list", "view.outline"),
  ];
  if (readOnly) return [view];
  const items = selectedItems(session);
  const { lines } = session.ui.get();
  const hasGroup = items.some((id) => session.board.items.groups.has(id));
  const hasComponent = items.some((id) => session.board.items.components.has(id));
  const at = session.ui.get().menu?.at ?? null;
  if (!items.length && !lines.length) {
    const insert = (): void => merge(session.ui, { palette: { at, from: null } });
    return [
      [
        {
          label: "Component here",
          icon: "component",
          shortcut: keyOf("tool.component"),
          act: insert,
        },
      ],
      view,
    ];
  }
  return [
    lines.length && !items.length ? lineEntries(session, lines) : [],
    [
      ...(selectedEnd(session) ? [command("Connect", "connect", "tool.connect")] : []),
      ...(items.length <= 1 ? [command("Edit text", "text", "edit.text")] : []),
    ],
    items.length
      ? [
          command("Duplicate", "copy", "edit.duplicate"),
          command("Group", "frame", "edit.group"),
          ...(hasGroup ? [command("Ungroup", "frame", "edit.ungroup")] : []),
          ...(hasComponent ? [command("Pin for Tidy", "pin", "edit.pin")] : []),
          command("Bring to front", "chev-u", "edit.front"),
        ]
      : [],
    [command("Delete", "trash", "edit.delete", true)],
  ];
}

function lineEntries(session: Session, lines: readonly string[]): Entry[] {
  const kinds = CONNECTION_KINDS.map((kind) => ({
    label: KIND_NAMES[kind],
    icon: session.view.connection(lines[0] ?? "")?.kind === kind ? "check" : "arrow-r",
    act: () => lines.forEach((id) => setKind(session.board, id, kind)),
  }));
  const turn = (): void => lines.forEach((id) => reverse(session.board, id));
  return [...kinds, { label: "Reverse", icon: "refresh", act: turn }];
}

/** Opened near the right or lower edge, the menu moves inwards. */
function keepInside(menu: HTMLElement): void {
  const area = menu.offsetParent;
  if (!area) return;
  const right = Math.min(menu.offsetLeft, area.clientWidth - menu.offsetWidth - 8);
  const bottom = Math.min(menu.offsetTop, area.clientHeight - menu.offsetHeight - 8);
  menu.style.left = `${Math.max(right, 8)}px`;
  menu.style.top = `${Math.max(bottom, 8)}px`;
}

function focusNext(menu: HTMLElement | null, step: number): void {
  const items = [...(menu?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const index = items.findIndex((item) => item === document.activeElement);
  items[(index + step + items.length) % items.length]?.focus();
}
