/** How is one frame of a document socket written and read? docs/protocol.md describes them. */

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const ASK = 100;
const STORED = 101;
const REFUSED = 102;
const CHANGED = 103;
const WELCOME = 104;
const CHECK = 105;
const CHECKED = 106;

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

const EQUAL = 1;

export type Refusal =
  | "read-only"
  | "ended"
  | "malformed"
  | "too-large"
  | "too-fast"
  | "unknown-content"
  | "not-yours"
  | "quarantined";

/** How far in a document's log somebody is. The epoch is "" for who has nothing yet. */
export interface Place {
  readonly epoch: string;
  readonly seq: number;
}

export type Incoming =
  | { readonly kind: "step1"; readonly stateVector: Uint8Array }
  | { readonly kind: "step2" | "update" | "awareness"; readonly update: Uint8Array }
  | { readonly kind: "query-awareness" }
  | { readonly kind: "stored"; readonly count: number; readonly seq: number }
  | { readonly kind: "refused"; readonly frame: number; readonly reason: Refusal }
  | { readonly kind: "changed"; readonly seq: number; readonly update: Uint8Array }
  | { readonly kind: "welcome"; readonly place: Place; readonly update: Uint8Array }
  | { readonly kind: "checked"; readonly seq: number; readonly isEqual: boolean }
  | { readonly kind: "unknown" };

export const encodeStep2 = (update: Uint8Array): Uint8Array => encodeSync(STEP_2, update);

export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeSync(UPDATE, update);

const encodeSync = (step: number, payload: Uint8Array): Uint8Array =>
  frame(SYNC, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, payload);
  });

export const encodeAwareness = (update: Uint8Array): Uint8Array =>
  frame(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, update));

export const encodeAsk = ({ epoch, seq }: Place): Uint8Array =>
  frame(ASK, (encoder) => {
    encoding.writeVarString(encoder, epoch);
    encoding.writeVarUint(encoder, seq);
  });

export const encodeCheck = (seq: number, digest: string): Uint8Array =>
  frame(CHECK, (encoder) => {
    encoding.writeVarUint(encoder, seq);
    encoding.writeVarString(encoder, digest);
  });

/** Raises what lib0 raises when the frame ends too early. */
export function decode(bytes: Uint8Array): Incoming {
  const decoder = decoding.createDecoder(bytes);
  const uint = (): number => decoding.readVarUint(decoder);
  const buffer = (): Uint8Array => decoding.readVarUint8Array(decoder);
  const text = (): string => decoding.readVarString(decoder);
  switch (uint()) {
    case SYNC:
      return decodeSync(uint(), buffer());
    case AWARENESS:
      return { kind: "awareness", update: buffer() };
    case QUERY_AWARENESS:
      return { kind: "query-awareness" };
    case STORED:
      return { kind: "stored", count: uint(), seq: uint() };
    case REFUSED:
      return { kind: "refused", frame: uint(), reason: text() as Refusal };
    case CHANGED:
      return { kind: "changed", seq: uint(), update: buffer() };
    case WELCOME:
      return decodeWelcome({ epoch: text(), seq: uint() }, uint(), buffer());
    case CHECKED:
      return { kind: "checked", seq: uint(), isEqual: uint() === EQUAL };
    default:
      return { kind: "unknown" };
  }
}

function decodeSync(step: number, payload: Uint8Array): Incoming {
  if (step === STEP_1) return { kind: "step1", stateVector: payload };
  if (step === STEP_2) return { kind: "step2", update: payload };
  if (step === UPDATE) return { kind: "update", update: payload };
  return { kind: "unknown" };
}

/** how: all of the state, or what came after the place that was asked for. Either can be applied. */
const decodeWelcome = (place: Place, _how: number, update: Uint8Array): Incoming => ({
  kind: "welcome",
  place,
  update,
});

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
