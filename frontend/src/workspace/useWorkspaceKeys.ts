/** Listens for the keys of the workspace, wherever the focus is. */

import { useEffect, useEffectEvent } from "react";

import { commandOf, type WorkspaceCommand } from "./shortcuts";

export function useWorkspaceKeys(act: (command: WorkspaceCommand) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    // An open dialog has the keyboard to itself.
    if (document.querySelector("dialog[open]")) return;
    const command = commandOf(event, isTyping(event.target));
    if (command === null) return;
    event.preventDefault();
    act(command);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event);
    // Before the board's own keys, which leave alone what is taken already.
    window.addEventListener("keydown", listener, { capture: true });
    return () => window.removeEventListener("keydown", listener, { capture: true });
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select") !== null;
}
