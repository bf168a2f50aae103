/** Start, pause, resume, and a menu with the rest, beside the clock. */

import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { Menu, type MenuItem } from "../../ui/Menu";
import { type RunCommand, runCommands } from "../play/commands";
import type { Playing } from "../play/usePlay";

export interface RunControlsProps {
  readonly playing: Playing;
  readonly onEnd: () => void;
}

export function RunControls({ playing, onEnd }: RunControlsProps) {
  const { play } = playing.reading;
  if (play.stage === "ended") return null;
  const commands = runCommands(playing, onEnd);
  const [first] = commands;
  return (
    <span className="run">
      {first === undefined ? null : (
        <button
          type="button"
          className={`btn btn--sm ${play.stage === "lobby" ? "btn--pri" : ""}`}
          disabled={playing.isBusy}
          title={first.shortcut === undefined ? first.label : `${first.label}  ${first.shortcut}`}
          onClick={first.run}
        >
          <Icon name={first.icon} size={14} />
          {first.word ?? first.label}
        </button>
      )}
      <Menu
        sections={[{ items: commands.map(itemOf) }]}
        button={(button) => (
          <IconButton icon="chev-d" label="Run the interview" size={28} {...button} />
        )}
      />
    </span>
  );
}

const itemOf = ({ label, icon, run, shortcut, danger = false }: RunCommand): MenuItem => ({
  label,
  icon,
  run,
  danger,
  ...(shortcut === undefined ? {} : { shortcut }),
});
