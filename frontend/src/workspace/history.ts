/** The changes of a session as the server hands them out, page by page. */

import type { Role } from "../sync/presence";

import { ApiError } from "./api";

/** One change of the log. */
export interface Row {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Participant id; null for the server itself. */
  readonly who: string | null;
  readonly update: Uint8Array;
}

export interface Person {
  readonly participant: string;
  readonly name: string;
  readonly role: Role;
  /** 1..6: the colour --p1 to --p6. */
  readonly color: number;
}

/** A moment that the server marks: the document was as it was at `seq`. New kinds may come. */
export interface ServerMarker {
  readonly kind: string;
  readonly seq: number;
  readonly at: string;
  readonly title: string;
}

export interface Page {
  readonly epoch: string;
  /** The session goes up to this seq now. */
  readonly last: number;
  readonly people: readonly Person[];
  readonly rows: readonly Row[];
  readonly markers: readonly ServerMarker[];
}

interface PageJson extends Omit<Page, "rows"> {
  readonly rows: readonly {
    readonly seq: number;
    readonly at: string;
    readonly participant: string | null;
    readonly update: string;
  }[];
}

export type ReadPage = (after: number, limit: number) => Promise<Page>;

/** base: the address of the design under the REST interface, without a slash at its end. */
export function createHistory(base: string): ReadPage {
  return async (after, limit) => {
    const json = await get(`${base}/replay?after=${after}&limit=${limit}`);
    const rows = json.rows.map(({ seq, at, participant, update }) => ({
      seq,
      at: Date.parse(at),
      who: participant,
      update: bytesOf(update),
    }));
    return { ...json, rows };
  };
}

async function get(address: string): Promise<PageJson> {
  let response: Response;
  try {
    response = await fetch(address, { headers: { Accept: "application/json" } });
  } catch {
    throw new ApiError(0, "The server does not answer.");
  }
  if (!response.ok) throw new ApiError(response.status, await sentenceIn(response));
  return (await response.json()) as PageJson;
}

async function sentenceIn(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { error?: { message?: string } };
    return body.error?.message ?? `The server answered with error ${response.status}.`;
  } catch {
    return `The server answered with error ${response.status}.`;
  }
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
