// Runs before anything is painted, so that a chosen theme does not flash. "system" is no choice.
(() => {
  try {
    const theme = localStorage.getItem("ninestep.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is blocked: follow the system.
  }
})();
