/** An interview for tests: running, without anything else. */

import type { InterviewPlay } from "./types";

export const aPlay = (changes: Partial<InterviewPlay> = {}): InterviewPlay => ({
  stage: "running",
  now: "2026-11-23T10:00:00Z",
  is_frozen: false,
  is_waiting: false,
  step: null,
  steps: [],
  shows_clock: true,
  focus_mode: false,
  thinking_until: null,
  twists: [],
  clarifications: [],
  planned_s: 2700,
  elapsed_s: 0,
  extended_s: 0,
  ...changes,
});
