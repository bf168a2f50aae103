/** How is a frame of docs/protocol.md written and read? */

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const SYNC = 0;
const ASK = 100;
const STORED = 101;
const REFUSED = 102;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export const ask = () => frame(ASK, () => undefined);
export const step1 = (vector) => sync(STEP_1, vector);
export const step2 = (update) => sync(STEP_2, update);
export const update = (bytes) => sync(UPDATE, bytes);

const sync = (step, body) =>
  frame(SYNC, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });

function frame(type, write) {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

export function read(bytes) {
  const decoder = decoding.createDecoder(bytes);
  const uint = () => decoding.readVarUint(decoder);
  const buffer = () => decoding.readVarUint8Array(decoder);
  switch (uint()) {
    case SYNC:
      return { kind: ["step1", "step2", "update"][uint()], body: buffer() };
    case STORED:
      return { kind: "stored", count: uint() };
    case REFUSED:
      return { kind: "refused", frame: uint(), reason: decoding.readVarString(decoder) };
    default:
      return { kind: "other" };
  }
}
