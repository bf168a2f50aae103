// @vitest-environment jsdom
import { expect, test } from "vitest";

import { filterList } from "./filtering";

function list(): HTMLElement {
  const element = document.createElement("div");
  element.innerHTML = `
    <div data-filter-group><p data-filter-text="Video recommendation, rows of a home page"></p></div>
    <div data-filter-group><p data-filter-text="Semantic search"></p></div>
    <p data-filter-none hidden></p>`;
  return element;
}

const hidden = (element: HTMLElement): boolean[] =>
  [...element.children].map((child) => (child as HTMLElement).hidden === true);

test.each([
  ["", [false, false, true]],
  ["HOME  video", [false, true, true]],
  ["search", [true, false, true]],
  ["churn", [true, true, false]],
])("a list filtered by %j", (typed, expected) => {
  const element = list();

  filterList(element, typed);

  expect(hidden(element)).toEqual(expected);
});
