/** How is one frame of a document socket written and read? docs/protocol.md describes them. */

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const ASK = 100;
const STORED = 101;
const REFUSED = 102;

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export type Refusal = "read-only" | "ended" | "malformed" | "too-large" | "too-fast";

export type Incoming =
  | { readonly kind: "step1"; readonly stateVector: Uint8Array }
  | { readonly kind: "step2" | "update" | "awareness"; readonly update: Uint8Array }
  | { readonly kind: "query-awareness" }
  | { readonly kind: "stored"; readonly count: number }
  | { readonly kind: "refused"; readonly frame: number; readonly reason: Refusal }
  | { readonly kind: "unknown" };

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array =>
  frame(SYNC, (encoder) => {
    encoding.writeVarUint(encoder, STEP_1);
    encoding.writeVarUint8Array(encoder, stateVector);
  });

export const encodeStep2 = (update: Uint8Array): Uint8Array => encodeDocument(STEP_2, update);

export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeDocument(UPDATE, update);

const encodeDocument = (step: number, update: Uint8Array): Uint8Array =>
  frame(SYNC, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, update);
  });

export const encodeAwareness = (update: Uint8Array): Uint8Array =>
  frame(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, update));

export const encodeAsk = (): Uint8Array => frame(ASK, () => undefined);

/** Raises what lib0 raises when the frame ends too early. */
export function decode(bytes: Uint8Array): Incoming {
  const decoder = decoding.createDecoder(bytes);
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return decodeSync(decoder);
    case AWARENESS:
      return { kind: "awareness", update: decoding.readVarUint8Array(decoder) };
    case QUERY_AWARENESS:
      return { kind: "query-awareness" };
    case STORED:
      return { kind: "stored", count: decoding.readVarUint(decoder) };
    case REFUSED:
      return {
        kind: "refused",
        frame: decoding.readVarUint(decoder),
        reason: decoding.readVarString(decoder) as Refusal,
      };
    default:
      return { kind: "unknown" };
  }
}

function decodeSync(decoder: decoding.Decoder): Incoming {
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (step === STEP_1) return { kind: "step1", stateVector: payload };
  if (step === STEP_2) return { kind: "step2", update: payload };
  if (step === UPDATE) return { kind: "update", update: payload };
  return { kind: "unknown" };
}

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
