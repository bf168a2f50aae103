// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";

import { openAddressed, printOpen } from "./details";

const scrollIntoView = vi.fn();

beforeEach(() => {
  location.hash = "";
  scrollIntoView.mockClear();
  Element.prototype.scrollIntoView = scrollIntoView;
  document.body.innerHTML = `
    <details data-print><summary>One</summary><p id="one">1</p></details>
    <details data-print open><summary>Two</summary><p id="two">2</p></details>`;
});

const openOnes = (): boolean[] => [...document.querySelectorAll("details")].map(({ open }) => open);

test("an address that leads into something folded opens it", () => {
  location.hash = "#one";

  openAddressed(document);

  expect(openOnes()).toEqual([true, true]);
  expect(scrollIntoView).toHaveBeenCalledOnce();
});

test("an address that leads nowhere opens nothing", () => {
  location.hash = "#three";

  openAddressed(document);

  expect(openOnes()).toEqual([false, true]);
});

test("what is printed is open, and as it was afterwards", () => {
  printOpen(document);

  dispatchEvent(new Event("beforeprint"));
  const printed = openOnes();
  dispatchEvent(new Event("afterprint"));

  expect(printed).toEqual([true, true]);
  expect(openOnes()).toEqual([false, true]);
});
