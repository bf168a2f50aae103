/** When may a page start afresh by itself? When its document was put aside, but not again and again. */

import type { AsideReason } from "../sync/asideStore";

interface FreshStart {
  readonly at: number;
  readonly reason: AsideReason;
}

const KEY = "ninestep.fresh-start";
/** Sooner than this a second time, a person has to say so. */
const PAUSE_MS = 10_000;
/** A document that differs again so soon is not helped by a third one. */
const TRUST_AGAIN_MS = 10 * 60_000;

export function startAfresh(reason: AsideReason): void {
  const start: FreshStart = { at: Date.now(), reason };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(start));
  } catch {
    // mayStartAfresh() was told no already, so a person has asked for this one.
  }
  window.location.reload();
}

/** Not where the page could not remember that it did. */
export function mayStartAfresh(): boolean {
  return hasMemory() && sinceLast() > PAUSE_MS;
}

/** False after a fresh start that a failed check has caused: a second one would change nothing. */
export function trustsChecks(): boolean {
  return lastStart()?.reason !== "differs" || sinceLast() > TRUST_AGAIN_MS;
}

function sinceLast(): number {
  return Date.now() - (lastStart()?.at ?? -Infinity);
}

function hasMemory(): boolean {
  try {
    return window.sessionStorage.length >= 0;
  } catch {
    return false;
  }
}

function lastStart(): FreshStart | null {
  try {
    const text = sessionStorage.getItem(KEY);
    return text === null ? null : (JSON.parse(text) as FreshStart);
  } catch {
    return null;
  }
}
