// A minimal WebSocket client on a plain TCP socket, for receiving very many small frames cheaply:
// one shared read buffer, no per-frame objects, no extensions (no compression is offered).
// Frames are sent with an all-zero masking key, which the protocol allows a test client.
import net from "node:net";
import { randomBytes, createHash } from "node:crypto";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const SHARED = Buffer.allocUnsafe(1 << 20);

/** Build one masked client frame holding `payload`. */
export function frame(payload, opcode = 2) {
  const n = payload.length;
  const head = n < 126 ? 6 : n < 65536 ? 8 : 14;
  const out = Buffer.alloc(head + n);
  out[0] = 0x80 | opcode;
  if (n < 126) out[1] = 0x80 | n;
  else if (n < 65536) {
    out[1] = 0x80 | 126;
    out.writeUInt16BE(n, 2);
  } else {
    out[1] = 0x80 | 127;
    out.writeBigUInt64BE(BigInt(n), 2);
  }
  out.set(payload, head);
  return out;
}

export class WsClient {
  /**
   * @param {string} url ws://host:port/path
   * @param {(buf: Buffer, start: number, end: number) => void} onMessage the bytes are valid only during the call
   * @param {Record<string, string>} headers extra request headers (cookies, tokens)
   */
  constructor(url, onMessage, headers = {}) {
    this.onMessage = onMessage;
    this.rest = null; // bytes of an incomplete frame
    this.need = 0; // do not look at `rest` again before it has this many bytes
    this.parts = null; // fragments of an unfinished message
    this.frames = 0;
    this.bytes = 0;
    this.open = false;
    this.closed = false;
    this.closeReason = null;
    const u = new URL(url);
    const key = randomBytes(16).toString("base64");
    this.accept = createHash("sha1")
      .update(key + GUID)
      .digest("base64");
    this.ready = new Promise((resolve, reject) => {
      this._resolve = resolve;
      this._reject = reject;
    });
    this.socket = net.connect({
      host: u.hostname,
      port: Number(u.port || 80),
      noDelay: true,
      onread: {
        buffer: SHARED,
        callback: (n, buf) => {
          this._read(buf, n);
          return true;
        },
      },
    });
    const own = { Origin: `http://${u.host}`, ...headers };
    const extra = Object.entries(own)
      .map(([k, v]) => `${k}: ${v}\r\n`)
      .join("");
    this.socket.on("connect", () =>
      this.socket.write(
        `GET ${u.pathname}${u.search} HTTP/1.1\r\nHost: ${u.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${extra}\r\n`,
      ),
    );
    this.socket.on("error", (e) => {
      this.closeReason ??= String(e);
      this._reject(e);
    });
    this.gone = new Promise((resolve) => this.socket.on("close", resolve));
    this.gone.then(() => {
      this.closed = true;
      this._reject(new Error(this.closeReason || "closed"));
    });
  }

  send(payload) {
    this.socket.write(frame(payload));
  }

  /** Send bytes that already are a client frame (see `frame`). */
  sendFrame(bytes) {
    this.socket.write(bytes);
  }

  close() {
    if (!this.closed) this.socket.end(frame(Buffer.from([0x03, 0xe8]), 8));
    setTimeout(() => this.socket.destroy(), 500).unref();
  }

  destroy() {
    this.socket.destroy();
  }

  _read(buf, n) {
    this.bytes += n;
    if (this.rest !== null) {
      this.rest.push(Buffer.from(buf.subarray(0, n)));
      this.restLen += n;
      if (this.restLen < this.need) return;
      buf = Buffer.concat(this.rest);
      n = buf.length;
      this.rest = null;
    }
    const used = this._parse(buf, n);
    if (used < n) {
      this.rest = [Buffer.from(buf.subarray(used, n))];
      this.restLen = n - used;
    }
  }

  /** Handle every complete frame in buf[0..n); returns how many bytes were used. */
  _parse(buf, n) {
    let pos = 0;
    this.need = 0;
    if (!this.open) {
      const end = buf.subarray(0, n).indexOf("\r\n\r\n");
      if (end < 0) return 0;
      const head = buf.latin1Slice(0, end);
      if (!/^HTTP\/1\.1 101/.test(head) || !head.includes(this.accept)) {
        this.closeReason = `handshake refused: ${head.split("\r\n")[0]}`;
        this.socket.destroy();
        return n;
      }
      this.open = true;
      pos = end + 4;
      this._resolve(this);
    }
    while (n - pos >= 2) {
      const b0 = buf[pos];
      let len = buf[pos + 1] & 127;
      let head = 2;
      if (len === 126) {
        if (n - pos < 4) break;
        len = buf.readUInt16BE(pos + 2);
        head = 4;
      } else if (len === 127) {
        if (n - pos < 10) break;
        len = Number(buf.readBigUInt64BE(pos + 2));
        head = 10;
      }
      if (n - pos < head + len) {
        this.need = head + len;
        break;
      }
      const start = pos + head;
      pos = start + len;
      const opcode = b0 & 15;
      if (opcode === 2 && b0 & 0x80 && this.parts === null) {
        // the common case
        this.frames++;
        this.onMessage(buf, start, pos);
      } else if (opcode <= 2) {
        (this.parts ??= []).push(Buffer.from(buf.subarray(start, pos)));
        if (b0 & 0x80) {
          const whole = Buffer.concat(this.parts);
          this.parts = null;
          this.frames++;
          this.onMessage(whole, 0, whole.length);
        }
      } else if (opcode === 9) {
        this.socket.write(frame(buf.subarray(start, pos), 10));
      } else if (opcode === 8) {
        this.closeReason = `server closed: ${len >= 2 ? buf.readUInt16BE(start) : "no code"} ${buf.toString("utf8", start + 2, pos)}`;
        this.socket.end();
      }
    }
    return pos;
  }
}
