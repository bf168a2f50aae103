/**
 * The stock y-websocket provider, as anybody might use it, driven by lines of JSON.
 *
 *   node stock-client.mjs <server url> <room> <headers as JSON>
 *
 * In: {"component": [id, name]} or {"note": [step, text]}. Out: the document after each change, once
 * it is in step with the server, and the people who are there.
 */

import process from "node:process";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const [url, room, headers] = process.argv.slice(2);

/** A browser sends its cookies and origin by itself; here they are given. */
class BrowserSocket extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { headers: JSON.parse(headers) });
  }
}

const doc = new Y.Doc();
const provider = new WebsocketProvider(url, room, doc, {
  WebSocketPolyfill: BrowserSocket,
  disableBc: true,
});
const components = doc.getMap("components");
const notes = doc.getMap("notes");

function tell() {
  if (!provider.synced) return;
  const people = [...provider.awareness.getStates().values()];
  const said = {
    components: components.toJSON(),
    notes: notes.toJSON(),
    people: people.flatMap((state) => (state.user ? [state.user.name] : [])),
  };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

provider.on("sync", tell);
provider.awareness.on("change", tell);
doc.on("update", tell);
provider.on("closed", ({ code }) => {
  process.stdout.write(`${JSON.stringify({ closed: code })}\n`);
});

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { component, note } = JSON.parse(line);
    if (component) {
      components.set(component[0], new Y.Map([["name", component[1]]]));
    }
    if (note) {
      notes.get(note[0]).insert(0, note[1]);
    }
  })
  .on("close", () => {
    provider.destroy();
  });
