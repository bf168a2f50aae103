/** Light, dark, or what the system says. The choice stays in this browser; `theme.js` applies it on loading. */

import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const KEY = "ninestep.theme";
const DARK = "(prefers-color-scheme: dark)";
const listeners = new Set<() => void>();

export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return window.matchMedia(DARK).matches ? "dark" : "light";
}

export function toggleTheme(): Theme {
  const theme = currentTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(KEY, theme);
  for (const listener of listeners) listener();
  return theme;
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, currentTheme);

function subscribe(listener: () => void): () => void {
  const system = window.matchMedia(DARK);
  listeners.add(listener);
  system.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", listener);
  };
}
