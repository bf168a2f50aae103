/** `<input data-filter="id">`: leaves in the list of that id what holds every word typed. */

export function filterLists(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>("input[data-filter]")) {
    const list = document.getElementById(input.dataset.filter ?? "");
    if (!list) continue;
    input.addEventListener("input", () => {
      filterList(list, input.value);
    });
  }
}

export function filterList(list: HTMLElement, typed: string): void {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const items = [...list.querySelectorAll<HTMLElement>("[data-filter-text]")];
  for (const item of items) item.hidden = !holdsAll(item.dataset.filterText ?? "", words);
  for (const group of list.querySelectorAll<HTMLElement>("[data-filter-group]")) {
    group.hidden = group.querySelector("[data-filter-text]:not([hidden])") === null;
  }
  const none = list.querySelector<HTMLElement>("[data-filter-none]");
  if (none) none.hidden = items.some((item) => !item.hidden);
}

function holdsAll(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
