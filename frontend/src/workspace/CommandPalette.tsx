/** Type to find a step, an action or something on the board. */

import { type KeyboardEvent, useId, useState } from "react";

import { useModal } from "../ui/Dialog";
import { Icon } from "../ui/Icon";

export interface PaletteCommand {
  readonly id: string;
  readonly section: "Go to" | "Do" | "On the board";
  readonly label: string;
  readonly icon: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

export interface CommandPaletteProps {
  readonly commands: readonly PaletteCommand[];
  readonly onClose: () => void;
}

const MOST_SHOWN = 12;

export function CommandPalette({ commands, onClose }: CommandPaletteProps) {
  const dialog = useModal();
  const listId = useId();
  const [wanted, setWanted] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = findCommands(commands, wanted);
  const shown = found.slice(0, MOST_SHOWN);

  const run = (command: PaletteCommand | undefined): void => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + shown.length) % shown.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(shown[chosen]);
    }
  };

  return (
    <dialog ref={dialog} className="pop cmd" aria-label="Commands" onClose={onClose}>
      <div className="in">
        <Icon name="search" className="t3" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={shown[chosen] && `${listId}-${chosen}`}
          aria-label="Find a command"
          placeholder="Find a step, a command, a component"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
            setChosen(0);
          }}
          onKeyDown={press}
        />
        <span className="kbd">Esc</span>
      </div>
      <div className="lst" role="listbox" id={listId} aria-label="Commands">
        {shown.map((command, index) => (
          <Entry
            key={command.id}
            id={`${listId}-${index}`}
            command={command}
            isChosen={index === chosen}
            isFirstOfSection={shown[index - 1]?.section !== command.section}
            onRun={() => run(command)}
          />
        ))}
        {shown.length === 0 ? <p className="hint">Nothing has this name.</p> : null}
      </div>
      <div className="ft">
        <span>
          <span className="kbd">↑</span>
          <span className="kbd">↓</span>choose
        </span>
        <span>
          <span className="kbd">Enter</span>run
        </span>
        <span className="sp" />
        <span className="num">
          {shown.length} of {found.length}
        </span>
      </div>
    </dialog>
  );
}

interface EntryProps {
  readonly id: string;
  readonly command: PaletteCommand;
  readonly isChosen: boolean;
  readonly isFirstOfSection: boolean;
  readonly onRun: () => void;
}

function Entry({ id, command, isChosen, isFirstOfSection, onRun }: EntryProps) {
  return (
    <>
      {isFirstOfSection ? (
        <span className="over" role="presentation">
          {command.section}
        </span>
      ) : null}
      {/* Arrow keys in the field choose an entry and Enter runs it; this is the way of the mouse. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isChosen}
        className={`mi ${isChosen ? "is-sel" : ""}`}
        onClick={onRun}
      >
        <Icon name={command.icon} />
        <span className="clip">{command.label}</span>
        {command.shortcut === undefined ? null : <span className="kbd-t">{command.shortcut}</span>}
      </div>
    </>
  );
}

/** Every word has to begin a word of the label. Order is that of the list. */
export function findCommands(
  commands: readonly PaletteCommand[],
  wanted: string,
): readonly PaletteCommand[] {
  const words = wanted.toLowerCase().split(/\s+/u).filter(Boolean);
  return commands.filter(({ label }) => {
    const parts = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
}
