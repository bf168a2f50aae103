/** What becomes of the step one is on: what it is, what that does to its weight, what else it could be. */

import { Icon } from "../../ui/Icon";
import { Menu } from "../../ui/Menu";
import type { Action, FlowStep } from "../bootstrap";

import { stepCommandsOf } from "./commands";
import type { Playing } from "./usePlay";
import { weightWords } from "./words";

export interface StepMenuProps {
  readonly playing: Playing;
  readonly step: FlowStep;
  readonly can: ReadonlySet<Action>;
}

export function StepMenu({ playing, step, can }: StepMenuProps) {
  const { play } = playing.reading;
  const commands = stepCommandsOf(play, step, can, playing.act);
  const played = play.steps.find((one) => one.id === step.id);
  const weight = played === undefined ? "" : weightWords(played, play.preset);
  if (commands.length === 0 && weight === "") return null;
  return (
    <div className="step-menu">
      {commands.length === 0 ? null : (
        <Menu
          align="left"
          sections={[
            {
              title: step.name,
              items: commands.map(({ label, icon, shortcut, run }) => ({
                label,
                icon,
                run,
                ...(shortcut === undefined ? {} : { shortcut }),
              })),
            },
          ]}
          button={(button) => (
            <button type="button" className="btn btn--sm" disabled={playing.isBusy} {...button}>
              Step {step.number}
              <Icon name="chev-u" size={14} />
            </button>
          )}
        />
      )}
      {weight === "" ? null : <p className="t12 t3">{weight}</p>}
    </div>
  );
}
