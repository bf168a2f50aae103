// @vitest-environment jsdom
import { beforeEach, expect, it } from "vitest";

import { watchPlan } from "./plan";

const STEPS = ["goal", "metrics", "model"];

beforeEach(() => {
  document.body.innerHTML = `
    <section data-plan>
      <button data-length="45" value="45">45 min</button><span data-own>Own</span>
      <div class="ruler--plan">${STEPS.map(() => "<span></span>").join("")}</div>
      ${STEPS.map(
        (id) => `<input type="checkbox" name="dives" value="${id}">
                 <input type="number" id="${id}" value="5" data-at-45="5">`,
      ).join("")}
      <b data-sum></b>
    </section>`;
  watchPlan(document);
});

function type(id: string, value: string): void {
  const field = document.querySelector<HTMLInputElement>(`#${id}`);
  if (!field) throw new Error(id);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const sum = (): string | null | undefined => document.querySelector("[data-sum]")?.textContent;
const isOn = (selector: string): boolean | undefined =>
  document.querySelector(selector)?.classList.contains("is-on");

it("adds up what is typed and counts what is no number as nothing", () => {
  expect(sum()).toBe("15 min");

  type("goal", "8");
  type("metrics", "");

  expect(sum()).toBe("13 min");
});

it("says whether the plan is a usual one", () => {
  expect([isOn("[data-length]"), isOn("[data-own]")]).toEqual([true, false]);

  type("goal", "8");

  expect([isOn("[data-length]"), isOn("[data-own]")]).toEqual([false, true]);
});

it("takes the usual minutes back at a press", () => {
  type("goal", "8");

  document.querySelector<HTMLButtonElement>("[data-length]")?.click();

  expect(sum()).toBe("15 min");
});

it("lets nobody choose a third deep dive", () => {
  const dives = [...document.querySelectorAll<HTMLInputElement>("[name=dives]")];

  for (const dive of dives.slice(0, 2)) dive.click();

  expect(dives.map((one) => one.disabled)).toEqual([false, false, true]);
});
