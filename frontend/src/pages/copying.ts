/** `<button data-copy="text">`: copies the text and says so for a moment. */

const SAID_FOR_MS = 2000;

export function offerCopying(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.addEventListener("click", () => void copy(button));
  }
  for (const input of root.querySelectorAll<HTMLInputElement>("input[data-select]")) {
    input.addEventListener("focus", () => {
      input.select();
    });
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const word = button.querySelector("[data-copy-word]");
  if (!word) return;
  word.textContent = (await write(button.dataset.copy ?? "")) ? "Copied" : "Press Ctrl C";
  window.setTimeout(() => {
    word.textContent = "Copy";
  }, SAID_FOR_MS);
}

/** The clipboard exists on secure origins only; elsewhere the address is selected by hand. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.querySelector<HTMLInputElement>(`input[value="${CSS.escape(text)}"]`);
    field?.focus();
    return false;
  }
}
