// @vitest-environment jsdom
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { NoticesProvider } from "../../ui/notices";
import type { DesignEvent } from "../events";
import { type Session, SessionContext } from "../session";

import { aPlay } from "./testing";
import type { InterviewPlay } from "./types";
import { usePlay } from "./usePlay";

const listeners = new Set<(event: DesignEvent) => void>();
const interview = vi.fn<() => Promise<InterviewPlay>>();
const doIt = vi.fn<() => Promise<InterviewPlay>>();

// Only what the hook touches of a session.
const session = {
  boot: { interview: { brief: "", about: "" } },
  api: { interview, act: doIt },
  events: {
    subscribe: (listener: (event: DesignEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  },
} as unknown as Session;

const wrapper = ({ children }: { readonly children: ReactNode }) => (
  <SessionContext value={session}>
    <NoticesProvider>{children}</NoticesProvider>
  </SessionContext>
);

beforeEach(() => {
  localStorage.clear();
  listeners.clear();
  interview.mockReset().mockResolvedValue(aPlay({ elapsed_s: 10 }));
});

afterEach(() => vi.useRealTimers());

async function opened() {
  const hook = renderHook(usePlay, { wrapper });
  await waitFor(() => expect(hook.result.current).not.toBeNull());
  return hook;
}

it.each(["hello", "interview.changed", "design.ended", "design.reopened"])(
  "asks again after %s",
  async (type) => {
    const { result } = await opened();
    interview.mockResolvedValue(aPlay({ elapsed_s: 99 }));

    act(() => listeners.forEach((listener) => listener({ type } as DesignEvent)));

    await waitFor(() => expect(result.current?.reading.play.elapsed_s).toBe(99));
  },
);

it.each([
  ["the page is looked at again", () => document.dispatchEvent(new Event("visibilitychange"))],
  ["the network is back", () => window.dispatchEvent(new Event("online"))],
])("asks again when %s", async (_when, happen) => {
  const { result } = await opened();
  interview.mockResolvedValue(aPlay({ elapsed_s: 99 }));

  act(() => void happen());

  await waitFor(() => expect(result.current?.reading.play.elapsed_s).toBe(99));
});

it("asks again after a sleep that no event told of", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  const { result } = renderHook(usePlay, { wrapper });
  await vi.waitFor(() => expect(result.current).not.toBeNull());
  interview.mockResolvedValue(aPlay({ elapsed_s: 3_610 }));

  vi.setSystemTime(Date.now() + 3_600_000);
  await act(() => vi.advanceTimersByTimeAsync(1_000));

  await vi.waitFor(() => expect(result.current?.reading.play.elapsed_s).toBe(3_610));
});

it("does not let an answer that was overtaken turn the time back", async () => {
  const { result } = await opened();
  let answerLate: (play: InterviewPlay) => void = () => undefined;
  interview.mockReturnValueOnce(new Promise((resolve) => (answerLate = resolve)));
  doIt.mockResolvedValue(aPlay({ stage: "paused" }));

  act(() => listeners.forEach((listener) => listener({ type: "interview.changed" })));
  act(() => result.current?.act({ do: "pause" }));
  await waitFor(() => expect(result.current?.reading.play.stage).toBe("paused"));
  answerLate(aPlay({ stage: "running" }));
  await act(() => Promise.resolve());

  expect(result.current?.reading.play.stage).toBe("paused");
});

it("keeps in this browser that somebody wants no clock", async () => {
  const { result } = await opened();

  act(() => result.current?.toggleClock());

  expect(result.current?.showsTimes).toBe(false);
  expect((await opened()).result.current?.showsTimes).toBe(false);
});

it("stays silent where nobody is interviewed", () => {
  const practice = { ...session, boot: { interview: null } } as unknown as Session;

  const { result } = renderHook(usePlay, {
    wrapper: ({ children }: { readonly children: ReactNode }) => (
      <SessionContext value={practice}>
        <NoticesProvider>{children}</NoticesProvider>
      </SessionContext>
    ),
  });

  expect(result.current).toBeNull();
  expect(interview).not.toHaveBeenCalled();
});
