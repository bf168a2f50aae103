/** `<details>`: an address that leads into one opens it, and `data-print` is printed open. */

export function openAddressed(root: Document): void {
  const open = (): void => {
    const target = root.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target?.closest("details");
    if (!folded || folded.open) return;
    folded.open = true;
    target?.scrollIntoView();
  };
  open();
  addEventListener("hashchange", open);
}

export function printOpen(root: ParentNode): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...root.querySelectorAll<HTMLDetailsElement>("details[data-print]:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
}
