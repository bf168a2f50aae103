// Messages of the Yjs websocket protocol and of our dialect's acknowledgements (docs/protocol.md):
//   frame     = [document name as varString, Hocuspocus only] type payload
//   type 0    = sync: 0 step 1 (state vector) | 1 step 2 (update) | 2 update, each a varUint8Array
//   type 1    = awareness: varUint8Array of { count, (clientID, clock, JSON as varString)* }
//   type 2    = auth (Hocuspocus: 0 token, token as varString)
//   type 4    = sync reply (Hocuspocus)
//   type 100  = ask, empty     101 = stored: count     102 = refused: frame number, reason
import * as encoding from "lib0/encoding";

export const SYNC = 0;
export const AWARENESS = 1;
export const AUTH = 2;
export const SYNC_REPLY = 4;
export const ASK = 100;
export const STORED = 101;
export const REFUSED = 102;
export const STEP1 = 0;
export const STEP2 = 1;
export const UPDATE = 2;

export class Protocol {
  /** @param {'yjs' | 'hocuspocus'} kind */
  constructor(kind) {
    this.prefixed = kind === "hocuspocus";
  }

  _message(room, write) {
    return encoding.encode((encoder) => {
      if (this.prefixed) encoding.writeVarString(encoder, room);
      write(encoder);
    });
  }

  sync(room, step, bytes) {
    return this._message(room, (e) => {
      encoding.writeVarUint(e, SYNC);
      encoding.writeVarUint(e, step);
      encoding.writeVarUint8Array(e, bytes);
    });
  }

  /** Hocuspocus lets nobody in without one; any will do here. */
  auth(room) {
    return this._message(room, (e) => {
      encoding.writeVarUint(e, AUTH);
      encoding.writeVarUint(e, 0);
      encoding.writeVarString(e, "bench");
    });
  }

  ask(room) {
    return this._message(room, (e) => encoding.writeVarUint(e, ASK));
  }

  awareness(room, clientID, clock, json) {
    return this._message(room, (e) => {
      encoding.writeVarUint(e, AWARENESS);
      encoding.writeVarUint8Array(
        e,
        encoding.encode((a) => {
          encoding.writeVarUint(a, 1);
          encoding.writeVarUint(a, clientID);
          encoding.writeVarUint(a, clock);
          encoding.writeVarString(a, json);
        }),
      );
    });
  }
}

/** Reads without allocating: one cursor, reset for every message. */
export class Reader {
  reset(buf, pos, end) {
    this.buf = buf;
    this.pos = pos;
    this.end = end;
  }

  uint() {
    const buf = this.buf;
    let byte = buf[this.pos++];
    if (byte < 128) return byte;
    let value = byte & 127;
    let scale = 128;
    do {
      byte = buf[this.pos++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value;
  }

  string() {
    const n = this.uint();
    this.pos += n;
    return this.buf.toString("utf8", this.pos - n, this.pos);
  }

  /** Skips a length-prefixed run of bytes (varString, varUint8Array). */
  skip() {
    const n = this.uint();
    this.pos += n;
  }
}
