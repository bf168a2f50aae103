/** How late is it in the interview? The server said it once; this browser only counts on from there.
 *
 * What counts is a monotonic timer (performance.now), so a browser's clock that is wrong, or set
 * while the page is open, changes nothing.
 */

import type { InterviewPlay, PlayedStep } from "./types";

/** What the server said, and when that was by this page's timer. */
export interface Reading {
  readonly play: InterviewPlay;
  readonly asOfMs: number;
}

/** An answer is as of half-way between question and arrival. */
export const readingOf = (play: InterviewPlay, sentMs: number, receivedMs: number): Reading => ({
  play,
  asOfMs: (sentMs + receivedMs) / 2,
});

/** Seconds the clock has run; null where it is not shown. */
export function elapsedS(reading: Reading, nowMs: number): number | null {
  const { elapsed_s } = reading.play;
  return elapsed_s === undefined ? null : elapsed_s + runS(reading, nowMs);
}

/** Seconds spent on a step; null where the clock is not shown. */
export function spentS(reading: Reading, step: PlayedStep, nowMs: number): number | null {
  if (step.spent_s === undefined) return null;
  return step.spent_s + (reading.play.step === step.id ? runS(reading, nowMs) : 0);
}

/** Seconds of quiet that are left; 0 without any. */
export function thinkingLeftS({ play, asOfMs }: Reading, nowMs: number): number {
  if (play.thinking_until === null) return 0;
  const atAnswerS = (Date.parse(play.thinking_until) - Date.parse(play.now)) / 1000;
  return Math.max(0, atAnswerS - (nowMs - asOfMs) / 1000);
}

/** Since the answer, while the clock runs. */
function runS({ play, asOfMs }: Reading, nowMs: number): number {
  return play.stage === "running" ? Math.max(0, (nowMs - asOfMs) / 1000) : 0;
}

/** 4:05, 1:02:03. Whole seconds that have passed. */
export function clockWords(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const tail = pad(rest);
  return hours > 0 ? `${hours}:${pad(minutes)}:${tail}` : `${minutes}:${tail}`;
}

const pad = (value: number): string => String(value).padStart(2, "0");

/** Planned time, in minutes where it is whole ones. */
export function plannedWords(seconds: number): string {
  const whole = Math.round(seconds);
  return whole % 60 === 0 ? `${whole / 60} min` : clockWords(whole);
}

/** For a screen reader. */
export function spokenTime(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds) % 60];
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"} ${rest} ${rest === 1 ? "second" : "seconds"}`;
}
