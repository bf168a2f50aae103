/** The choice of light, dark or the system's theme. `static/site/theme.js` applies it on loading. */

const KEY = "ninestep.theme";

export function offerThemes(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-themes]")) {
    box.hidden = false;
    const buttons = [...box.querySelectorAll<HTMLButtonElement>("[data-theme-choice]")];
    for (const button of buttons) {
      button.addEventListener("click", () => {
        choose(button.dataset.themeChoice ?? "system");
        mark(buttons);
      });
    }
    mark(buttons);
  }
}

function choose(theme: string): void {
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEY, theme);
  } else {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(KEY);
  }
}

function mark(buttons: readonly HTMLButtonElement[]): void {
  const chosen = document.documentElement.dataset.theme ?? "system";
  for (const button of buttons) {
    const isChosen = button.dataset.themeChoice === chosen;
    button.setAttribute("aria-pressed", String(isChosen));
    button.classList.toggle("is-on", isChosen);
  }
}
