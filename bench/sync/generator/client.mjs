// A simulated client: connects, syncs, and accounts for every update, cursor and acknowledgement.
import * as Y from "yjs";
import { performance } from "node:perf_hooks";
import { Histogram } from "./histogram.mjs";
import { WsClient, frame } from "./ws.mjs";
import * as wire from "./yprotocol.mjs";

export const now = () => performance.now();
const EMPTY_STATE_VECTOR = Uint8Array.of(0);
const EMPTY_UPDATE = Uint8Array.of(0, 0);
const SYNC_WITHIN_S = 30;

/** What one run shares among its clients: settings and counters. */
export const makeRun = (options) => ({
  protocol: new wire.Protocol(options.protocol),
  headers: options.headers,
  asks: options.asks,
  measuring: false,
  updateLatency: new Histogram(),
  presenceLatency: new Histogram(),
  ackLatency: new Histogram(),
  sendLag: new Histogram(),
  updateFrames: 0,
  presenceFrames: 0,
  updatesDelivered: 0,
  presenceDelivered: 0,
  presenceSuperseded: 0,
  acknowledged: 0,
  refused: [],
});

/** What all clients of a room share: who sends, and one copy of every distinct update seen. */
export class Room {
  constructor(name) {
    this.name = name;
    this.clients = [];
    this.senderOf = new Map(); // Yjs clientID -> client
    this.seen = new Map(); // update bytes -> { bytes, ranges }
  }

  /** The update's clock ranges per editor; decoded once per distinct update, not per receiver. */
  intern(buf, start, end) {
    const key = buf.latin1Slice(start, end);
    let entry = this.seen.get(key);
    if (entry === undefined) {
      const bytes = Uint8Array.from(buf.subarray(start, end));
      entry = { bytes, ranges: this._rangesOf(bytes) };
      this.seen.set(key, entry);
    }
    return entry;
  }

  _rangesOf(bytes) {
    const { from, to } = Y.parseUpdateMeta(bytes);
    const ranges = [];
    for (const [clientID, clock] of to) {
      const sender = this.senderOf.get(clientID);
      if (sender !== undefined) ranges.push({ sender, from: from.get(clientID) ?? 0, to: clock });
    }
    return ranges;
  }
}

const reader = new wire.Reader();

export class Client {
  constructor(run, room, url) {
    this.run = run;
    this.room = room;
    this.index = 0; // in the room, of those that are measured
    this.clientID = 0;
    this.editor = null;
    this.clocks = null; // per sender index: document clock received
    this.next = null; // per sender index: next update of that editor to be seen
    this.cursors = null; // per sender index: presence clock received
    this.received = [];
    this.keep = false; // remember received updates for the convergence check
    this.gaps = 0;
    this.initial = null;
    this.documentFrames = 0; // sent on this connection: what acknowledgements count
    this.numbers = []; // update k was document frame numbers[k]
    this.acknowledged = 0; // updates
    this.connectedAt = now();
    this.synced = new Promise((resolve) => {
      this._synced = resolve;
    });
    this.ws = new WsClient(
      url.replace("%r", encodeURIComponent(room.name)),
      (buf, start, end) => this.message(buf, start, end),
      run.headers,
    );
  }

  async connect() {
    await this.ws.ready;
    const { protocol } = this.run;
    if (protocol.prefixed) this.ws.send(protocol.auth(this.room.name));
    if (this.run.asks) this.ws.send(protocol.ask(this.room.name));
    this.ws.send(protocol.sync(this.room.name, wire.STEP1, EMPTY_STATE_VECTOR));
    await Promise.race([this.synced, this._closed(), this._late()]);
    clearTimeout(this._timer);
    return this;
  }

  async _closed() {
    await this.ws.gone;
    throw new Error(`${this.room.name}: closed before it was synced (${this.ws.closeReason})`);
  }

  async _late() {
    await new Promise((resolve) => {
      this._timer = setTimeout(resolve, SYNC_WITHIN_S * 1000);
    });
    throw new Error(`${this.room.name}: no sync step 2 within ${SYNC_WITHIN_S} s`);
  }

  // Sending --------------------------------------------------------------------------------------

  /** Makes the frames of the editor's updates, so that sending them costs little. */
  prepare(editor) {
    const { protocol } = this.run;
    this.editor = editor;
    this.frames = editor.updates.map((update) =>
      frame(protocol.sync(this.room.name, wire.UPDATE, update)),
    );
    for (const update of editor.updates) this.room.intern(Buffer.from(update), 0, update.length);
  }

  sendUpdate(k) {
    this.ws.sendFrame(this.frames[k]);
    this.numbers[k] = ++this.documentFrames;
  }

  sendDocument(step, update) {
    this.ws.send(this.run.protocol.sync(this.room.name, step, update));
    this.documentFrames++;
  }

  sendCursor(k) {
    const state = {
      user: { name: `User ${this.index}`, color: "#3366cc" },
      cursor: { x: 100 + ((k * 7) % 1900), y: 100 + ((k * 5) % 900) },
    };
    this.cursorsSent = k + 1;
    this.ws.send(
      this.run.protocol.awareness(this.room.name, this.clientID, k + 1, JSON.stringify(state)),
    );
  }

  /** When update or cursor k was due: latency counts from here, so no stall is hidden. */
  updateTime(k) {
    return this.updateStart + k * this.updatePeriod;
  }

  cursorTime(k) {
    return this.cursorStart + k * this.cursorPeriod;
  }

  // Receiving ------------------------------------------------------------------------------------

  message(buf, start, end) {
    const r = reader;
    r.reset(buf, start, end);
    if (this.run.protocol.prefixed) r.skip();
    switch (r.uint()) {
      case wire.SYNC:
      case wire.SYNC_REPLY:
        return this._sync(r);
      case wire.AWARENESS:
        r.uint();
        return this._presence(r);
      case wire.STORED:
        return this._stored(r.uint());
      case wire.REFUSED:
        r.uint();
        this.run.refused.push(r.string());
    }
  }

  _sync(r) {
    const step = r.uint();
    const n = r.uint();
    const { buf, pos } = r;
    if (step === wire.STEP1) this.sendDocument(wire.STEP2, EMPTY_UPDATE);
    else if (step === wire.UPDATE || this.initial !== null) this._update(buf, pos, pos + n);
    else {
      this.initial = Uint8Array.from(buf.subarray(pos, pos + n));
      this.syncedAt = now();
      this._synced();
    }
  }

  _update(buf, start, end) {
    const { run } = this;
    if (!run.measuring || end - start <= 2) return;
    const at = now();
    const entry = this.room.intern(buf, start, end);
    if (this.keep) this.received.push(entry);
    run.updateFrames++;
    for (const { sender, from, to } of entry.ranges) {
      if (sender !== this) this._hear(sender, from, to, at);
    }
  }

  _hear(sender, from, to, at) {
    const { run } = this;
    const i = sender.index;
    if (from > this.clocks[i]) this.gaps++;
    if (to <= this.clocks[i]) return;
    this.clocks[i] = to;
    const { ends } = sender.editor;
    let k = this.next[i];
    for (; k < ends.length && ends[k] <= to; k++) {
      run.updateLatency.add(at - sender.updateTime(k));
      run.updatesDelivered++;
    }
    this.next[i] = k;
  }

  _presence(r) {
    const { run } = this;
    if (!run.measuring) return;
    const at = now();
    run.presenceFrames++;
    for (let count = r.uint(); count > 0; count--) {
      const sender = this.room.senderOf.get(r.uint());
      const clock = r.uint();
      r.skip();
      if (sender !== undefined && sender !== this) this._see(sender, clock, at);
    }
  }

  /** A server may drop a cursor position that a newer one replaces: the older ones count as
   * delivered (late) with the newer one, and are reported as superseded. */
  _see(sender, clock, at) {
    const { run } = this;
    const last = this.cursors[sender.index];
    if (clock <= last || clock > sender.cursorsSent) return;
    run.presenceSuperseded += clock - last - 1;
    run.presenceDelivered += clock - last;
    for (let k = last; k < clock; k++) run.presenceLatency.add(at - sender.cursorTime(k));
    this.cursors[sender.index] = clock;
  }

  _stored(count) {
    const { run } = this;
    const at = now();
    while (this.numbers[this.acknowledged] <= count) {
      run.ackLatency.add(at - this.updateTime(this.acknowledged++));
      run.acknowledged++;
    }
  }
}
