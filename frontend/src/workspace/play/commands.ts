/** What can be done to an interview now: for the menus, the command palette and the keys. */

import type { Action, FlowStep } from "../bootstrap";

import type { InterviewPlay, PlayAction, PlayedStep } from "./types";
import type { Playing } from "./usePlay";
import { isSkipped } from "./words";

export interface RunCommand {
  readonly id: string;
  readonly label: string;
  /** Where there is room for one only. */
  readonly word?: string;
  readonly icon: string;
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly run: () => void;
}

const EXTENSION_S = 5 * 60;
const THINKING_MINUTES = [1, 2, 5] as const;

/** The interview as a whole, for who runs it; the one that is wanted most comes first. */
export function runCommands(
  { reading: { play }, act }: Pick<Playing, "reading" | "act">,
  onEnd: () => void,
): readonly RunCommand[] {
  if (play.stage === "ended") return [];
  const command = (id: string, label: string, icon: string, action: PlayAction): RunCommand => ({
    id: `run ${id}`,
    label,
    icon,
    run: () => act(action),
  });
  const extend = command("extend", "Give 5 minutes more", "plus", {
    do: "extend",
    seconds: EXTENSION_S,
  });
  if (play.stage === "lobby") {
    const start = command("start", "Start the clock", "play", { do: "start" });
    return [{ ...start, word: "Start", shortcut: PAUSE_KEY }, extend];
  }
  const clock =
    play.stage === "running"
      ? { ...command("pause", "Pause the clock", "pause", { do: "pause" }), word: "Pause" }
      : { ...command("resume", "Resume the clock", "play", { do: "resume" }), word: "Resume" };
  const freezing = play.is_frozen
    ? command("unfreeze", "Unfreeze the candidate's editing", "unlock", { do: "unfreeze" })
    : command("freeze", "Freeze the candidate's editing", "lock", { do: "freeze" });
  return [
    { ...clock, shortcut: PAUSE_KEY },
    extend,
    ...THINKING_MINUTES.map((minutes) =>
      command(`think ${minutes}`, `Time to think, ${minutes} min`, "clock", {
        do: "thinking",
        seconds: 60 * minutes,
      }),
    ),
    freezing,
    { id: "run end", label: "End the interview", icon: "flag", danger: true, run: onEnd },
  ];
}

export const PAUSE_KEY = "Alt+Shift+P";

/** One step, as far as this person may decide on it. */
export function stepCommandsOf(
  play: InterviewPlay,
  step: FlowStep,
  can: ReadonlySet<Action>,
  act: (action: PlayAction) => void,
): readonly RunCommand[] {
  const played = play.steps.find((one) => one.id === step.id);
  if (played === undefined || play.stage === "ended") return [];
  const command = (name: StepDeed, label: string, icon: string, shortcut = ""): RunCommand => ({
    id: `${name} ${step.id}`,
    label,
    icon,
    run: () => act({ do: name, step: step.id }),
    ...(shortcut === "" ? {} : { shortcut }),
  });
  const commands: RunCommand[] = [];
  if (can.has("run_interview")) commands.push(...leading(play, played, command));
  if (can.has("skip_step")) commands.push(...skipping(played, can, command));
  return commands;
}

type StepDeed = Extract<PlayAction, { readonly step: string }>["do"];
type Make = (name: StepDeed, label: string, icon: string, shortcut?: string) => RunCommand;

function leading(play: InterviewPlay, step: PlayedStep, command: Make): RunCommand[] {
  const made: RunCommand[] = [];
  if (play.step !== step.id || isSkipped(step)) {
    made.push(command("enter", "Work on this step", "arrow-r", "Alt+Shift+W"));
  }
  if (step.state === "deep_dive") {
    made.push(command("end-deep-dive", "Take the deep dive back", "undo", "Alt+Shift+D"));
  } else if (!isSkipped(step)) {
    made.push(command("deep-dive", "Make it a deep dive", "target", "Alt+Shift+D"));
  }
  return made;
}

function skipping(step: PlayedStep, can: ReadonlySet<Action>, command: Make): RunCommand[] {
  if (!isSkipped(step)) return [command("skip", "Skip this step", "skip", "Alt+Shift+K")];
  // What an interviewer has skipped, a candidate cannot take back.
  const mayTakeBack = can.has("run_interview") || step.state === "skipped_by_candidate";
  return mayTakeBack ? [command("unskip", "Take the skip back", "undo", "Alt+Shift+K")] : [];
}
