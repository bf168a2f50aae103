// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createApi } from "./api";

const api = createApi("/api/v1/designs/d1");
const server = vi.fn<typeof fetch>();

const answer = (status: number, body: unknown): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), { status });

beforeEach(() => {
  vi.stubGlobal("fetch", server);
  document.cookie = "csrftoken=secret";
});

afterEach(() => {
  server.mockReset();
  vi.unstubAllGlobals();
});

it("sends the token that Django wants with every change", async () => {
  server.mockResolvedValue(answer(200, {}));

  await api.rename("Feed");

  expect(server).toHaveBeenCalledWith("/api/v1/designs/d1", {
    method: "PATCH",
    headers: {
      Accept: "application/json",
      "X-CSRFToken": "secret",
      "Content-Type": "application/json",
    },
    body: '{"title":"Feed"}',
  });
});

it.each([
  [
    answer(409, { error: { code: "ended", message: "The session has ended." } }),
    "The session has ended.",
  ],
  [
    new Response("<h1>", { status: 502 }),
    "The server answered with error 502. Nothing was changed.",
  ],
])("says in a sentence what went wrong (%#)", async (response, sentence) => {
  server.mockResolvedValue(response);

  await expect(api.end()).rejects.toThrow(sentence);
});

it("says that the server does not answer", async () => {
  server.mockRejectedValue(new TypeError("Failed to fetch"));

  await expect(api.links()).rejects.toThrow(
    "The server does not answer. Try again when you are online.",
  );
});

it("waits for an export and gives its address", async () => {
  vi.useFakeTimers();
  const job = (status: string, url: string | null) => ({ id: "j1", status, reason: "", url });
  server
    .mockResolvedValueOnce(answer(202, job("queued", null)))
    .mockResolvedValueOnce(answer(200, job("leased", null)))
    .mockResolvedValueOnce(answer(200, job("done", "/file")));

  const address = api.exportDiagram("pdf", "dark");
  await vi.advanceTimersByTimeAsync(2_000);

  await expect(address).resolves.toBe("/file");
  vi.useRealTimers();
});

it("gives the reason of an export that failed", async () => {
  server.mockResolvedValue(
    answer(202, { id: "j1", status: "failed", reason: "The picture is too large.", url: null }),
  );

  await expect(api.exportDiagram("png", "light")).rejects.toThrow("The picture is too large.");
});

it.each([
  [200, true],
  [404, false],
  [403, false],
  [500, true],
])("takes an answer of %i as allowed: %s", async (status, expected) => {
  server.mockResolvedValue(answer(status, {}));

  await expect(api.isAllowed()).resolves.toBe(expected);
});
