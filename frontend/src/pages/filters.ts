/** `<form data-submit-on-change>`: a choice in a list takes effect at once. Its button is for browsers without scripts. */

export function submitOnChange(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-submit-on-change]")) {
    for (const button of form.querySelectorAll<HTMLElement>("[data-only-without-script]")) {
      button.hidden = true;
    }
    form.addEventListener("change", () => {
      form.requestSubmit();
    });
  }
}
