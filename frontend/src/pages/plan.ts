/** The plan of a new interview: its sum while one types, the usual lengths, two deep dives at most. */

const MOST_DIVES = 2;

export function watchPlan(root: ParentNode): void {
  const plan = root.querySelector<HTMLElement>("[data-plan]");
  if (plan) watchSteps(plan);
  const zone = root.querySelector<HTMLInputElement>("input[data-zone]");
  const name = root.querySelector("[data-zone-name]");
  if (zone && name) {
    zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
    name.textContent = zone.value;
  }
  for (const choice of root.querySelectorAll<HTMLSelectElement>("select[data-reveals]")) {
    revealReason(choice);
  }
}

function watchSteps(plan: HTMLElement): void {
  const minutes = [...plan.querySelectorAll<HTMLInputElement>("input[type=number]")];
  const dives = [...plan.querySelectorAll<HTMLInputElement>("input[name=dives]")];
  const lengths = [...plan.querySelectorAll<HTMLButtonElement>("[data-length]")];
  const marks = plan.querySelectorAll<HTMLElement>(".ruler--plan > *");

  const show = (): void => {
    const sum = minutes.reduce((all, one) => all + minutesIn(one), 0);
    const said = plan.querySelector("[data-sum]");
    if (said) said.textContent = `${sum} min`;
    let isUsual = false;
    for (const button of lengths) {
      const isOn = minutes.every((one) => minutesIn(one) === usual(one, button));
      isUsual ||= isOn;
      button.classList.toggle("is-on", isOn);
      button.setAttribute("aria-pressed", String(isOn));
    }
    plan.querySelector("[data-own]")?.classList.toggle("is-on", !isUsual);
    const isFull = dives.filter((one) => one.checked).length >= MOST_DIVES;
    for (const dive of dives) dive.disabled = isFull && !dive.checked;
    for (const [index, mark] of marks.entries()) {
      mark.style.flexGrow = String(minutes[index] ? minutesIn(minutes[index]) : 0);
      mark.classList.toggle("is-on", dives[index]?.checked ?? false);
    }
  };
  plan.addEventListener("input", show);
  for (const button of lengths) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      for (const one of minutes) one.value = String(usual(one, button));
      show();
    });
  }
  show();
}

const minutesIn = ({ value }: HTMLInputElement): number => Math.max(0, Number.parseInt(value) || 0);

const usual = (field: HTMLInputElement, { dataset }: HTMLButtonElement): number =>
  Number(field.getAttribute(`data-at-${dataset.length ?? ""}`));

function revealReason(choice: HTMLSelectElement): void {
  const reason = document.getElementById(choice.dataset.reveals ?? "");
  const show = (): void => {
    if (reason) reason.hidden = choice.selectedIndex === 0;
  };
  choice.addEventListener("change", show);
  show();
}
