// @vitest-environment jsdom
import { beforeEach, expect, it } from "vitest";

import { swapParts } from "./panel";

const PAGE = `<main id="main"><div data-part="main">
  <form><input type="hidden" name="item" value="model">
    <input type="radio" name="level" value="2" checked><input type="radio" name="level" value="3">
    <textarea id="reason"></textarea></form>
  <details><summary>The arithmetic</summary></details>
  <details data-menu><summary>Export</summary></details>
</div></main>`;

const parsed = (html: string): Document => new DOMParser().parseFromString(html, "text/html");

const level = (value: number): HTMLInputElement | null =>
  document.querySelector(`input[value="${value}"]`);

beforeEach(() => {
  document.body.innerHTML = PAGE;
});

it("keeps what was typed and chosen when the server draws the page anew", () => {
  const reason = document.querySelector("textarea");
  if (reason) reason.value = "The note was corrected";
  level(3)?.click();

  swapParts(document, parsed(PAGE));

  expect(document.querySelector("textarea")?.value).toBe("The note was corrected");
  expect([level(2)?.checked, level(3)?.checked]).toEqual([false, true]);
});

it("shows what the server says where nothing was chosen", () => {
  const revised = PAGE.replace('value="2" checked', 'value="2"').replace('"3"', '"3" checked');

  swapParts(document, parsed(revised));

  expect([level(2)?.checked, level(3)?.checked]).toEqual([false, true]);
});

it("leaves open what was unfolded, and closes menus", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;

  swapParts(document, parsed(PAGE));

  expect([...document.querySelectorAll("details")].map(({ open }) => open)).toEqual([true, false]);
});
