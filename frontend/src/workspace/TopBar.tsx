/** Title, problem, how saving stands, what is in view, who is here, and the menu. */

import type { ReactNode } from "react";

import { Face } from "../ui/Face";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Menu, type MenuSection } from "../ui/Menu";

import type { Bootstrap } from "./bootstrap";
import type { PersonHere } from "./people";
import { SaveState } from "./SaveState";
import { useSession } from "./session";
import { VIEW_MODES, type ViewMode } from "./views";

const FACES_SHOWN = 5;

export interface TopBarProps {
  readonly title: string;
  readonly people: readonly PersonHere[];
  readonly mode: ViewMode;
  readonly onMode: (mode: ViewMode) => void;
  readonly mayEdit: boolean;
  readonly onShare: (() => void) | null;
  readonly onCommands: () => void;
  readonly menu: readonly MenuSection[];
  /** The clock of an interview, and what runs it. */
  readonly clock: ReactNode;
}

export function TopBar(props: TopBarProps) {
  const { title, people, mode, onMode, mayEdit, onShare, onCommands, menu, clock } = props;
  const { boot } = useSession();
  return (
    <header className="ws-top">
      <a className="mark" href="/" aria-label="All sessions" title="All sessions">
        <Icon name="logo" />
      </a>
      <div className="who">
        <h1 className="clip" title={title}>
          {title}
        </h1>
        <span className="clip">{aboutOf(boot, title)}</span>
      </div>
      <span className="sp" />
      {clock}
      <span className="sp" />
      <SaveState mayEdit={mayEdit} />
      <span className="vr" />
      <span className="seg" role="group" aria-label="View">
        {VIEW_MODES.map(({ id, icon, label, shortcut }) => (
          <button
            key={id}
            type="button"
            className={id === mode ? "is-on" : ""}
            aria-pressed={id === mode}
            aria-label={label}
            title={`${label}  ${shortcut}`}
            onClick={() => onMode(id)}
          >
            <Icon name={icon} />
          </button>
        ))}
      </span>
      <span className="vr" />
      <Faces people={people} />
      {onShare === null ? null : (
        <button type="button" className="btn share" onClick={onShare}>
          <Icon name="share" size={14} />
          Share
        </button>
      )}
      <IconButton icon="search" label="Commands" shortcut="Ctrl+K" onClick={onCommands} />
      <Menu
        sections={menu}
        button={(button) => <IconButton icon="more" label="More" {...button} />}
      />
    </header>
  );
}

/** The kind of session, and its problem where the title does not say it already. */
function aboutOf({ design, interview, problem }: Bootstrap, title: string): string {
  if (interview !== null && interview.about !== "") return interview.about;
  if (design.copied_from !== null) return `Practice, a copy of ${design.copied_from}`;
  const kind = design.kind === "interview" ? "Interview" : "Practice";
  return problem === null || problem.title === title ? kind : `${kind}, ${problem.title}`;
}

function Faces({ people }: { readonly people: readonly PersonHere[] }) {
  const shown = people.slice(0, FACES_SHOWN);
  const more = people.slice(FACES_SHOWN);
  const names = people.map((person) => (person.isMe ? `${person.name} (you)` : person.name));
  return (
    <span className="faces" role="group" aria-label={`Here now: ${names.join(", ")}`}>
      {shown.map(({ key, name, color, isMe }) => (
        <Face key={key} name={name} title={isMe ? `${name} (you)` : name} color={color} size={28} />
      ))}
      {more.length === 0 ? null : (
        <span className="face face--28 face--more" title={more.map((one) => one.name).join(", ")}>
          +{more.length}
        </span>
      )}
    </span>
  );
}
