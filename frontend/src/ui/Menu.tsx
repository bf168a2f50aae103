/** A button that opens a list of actions; arrow keys walk through it. */

import {
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";

import { Icon } from "./Icon";

export interface MenuItem {
  readonly label: string;
  readonly icon?: string;
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly run: () => void;
}

export interface MenuSection {
  readonly title?: string;
  readonly items: readonly MenuItem[];
}

export interface MenuProps {
  readonly sections: readonly MenuSection[];
  readonly align?: "left" | "right";
  readonly button: (props: {
    onClick: () => void;
    "aria-haspopup": "menu";
    "aria-expanded": boolean;
    "aria-controls": string;
  }) => ReactElement;
}

export function Menu({ sections, button, align = "right" }: MenuProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const wrapper = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    itemsOf(wrapper.current)[0]?.focus();
    const closeOutside = (event: PointerEvent): void => {
      if (!wrapper.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [isOpen]);

  const close = (): void => {
    setOpen(false);
    wrapper.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };

  return (
    <span className="menu-at" ref={wrapper}>
      {button({
        onClick: () => setOpen(!isOpen),
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        "aria-controls": id,
      })}
      {isOpen && (
        <div
          id={id}
          role="menu"
          tabIndex={-1}
          className={`pop menu menu--${align}`}
          onKeyDown={(event) => walk(event, itemsOf(wrapper.current), close)}
        >
          {sections.map((section, index) => (
            <MenuPart key={index} section={section} isFirst={index === 0} close={close} />
          ))}
        </div>
      )}
    </span>
  );
}

interface MenuPartProps {
  readonly section: MenuSection;
  readonly isFirst: boolean;
  readonly close: () => void;
}

function MenuPart({ section, isFirst, close }: MenuPartProps) {
  const choose = (item: MenuItem): void => {
    close();
    item.run();
  };
  return (
    <>
      {isFirst ? null : <hr />}
      {section.title === undefined ? null : <span className="over">{section.title}</span>}
      {section.items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={`mi ${item.danger ? "mi--bad" : ""}`}
          onClick={() => choose(item)}
        >
          {item.icon === undefined ? null : <Icon name={item.icon} />}
          {item.label}
          {item.shortcut === undefined ? null : <span className="kbd-t">{item.shortcut}</span>}
        </button>
      ))}
    </>
  );
}

const itemsOf = (wrapper: HTMLElement | null): readonly HTMLElement[] => [
  ...(wrapper?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []),
];

function walk(event: KeyboardEvent, items: readonly HTMLElement[], close: () => void): void {
  const current = items.indexOf(document.activeElement as HTMLElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (current + 1) % items.length,
    ArrowUp: (current - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[event.key];
  if (target !== undefined) {
    event.preventDefault();
    items[target]?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    // The board listens for Esc too; this one was for the menu.
    event.stopPropagation();
    close();
  }
}
