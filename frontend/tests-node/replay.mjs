/**
 * Yjs itself, given whole logs: lists of base64 updates in, the documents they make out.
 *
 *   echo '[["AAA=", …], …]' | node replay.mjs
 */

import { Buffer } from "node:buffer";
import process from "node:process";
import { text } from "node:stream/consumers";
import * as Y from "yjs";

function play(log) {
  const doc = new Y.Doc();
  for (const update of log) Y.applyUpdate(doc, Buffer.from(update, "base64"));
  const { notes, components } = {
    notes: doc.getMap("notes"),
    components: doc.getMap("components"),
  };
  return { notes: notes.toJSON(), components: components.toJSON() };
}

const logs = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(logs.map(play)));
