import { readFileSync } from "node:fs";

import { fromBase64 } from "lib0/buffer";
import { expect, it } from "vitest";
import * as Y from "yjs";

import { canonical, createDigester } from "./digest";

interface Vector {
  readonly name: string;
  readonly update: string;
  readonly canonical: string;
  readonly digest: string;
}

const VECTORS = JSON.parse(
  readFileSync(new URL("../../../tests/rooms/digest_vectors.json", import.meta.url), "utf8"),
) as readonly Vector[];

it.each(VECTORS)("writes $name as the server does", ({ update, canonical: text, digest }) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, fromBase64(update));

  expect(canonical(doc)).toBe(text);
  expect(createDigester(doc).digest()).toBe(digest);
});

it("follows every change, whatever it has written before", () => {
  const doc = new Y.Doc();
  const digester = createDigester(doc);
  const item = new Y.Map<unknown>([["x", 0.5]]);
  const notes = new Y.Text("one");
  const changes = [
    () => doc.getMap("texts").set("a", item),
    () => doc.getMap("notes").set("data", notes),
    () => item.set("x", 0.25),
    () => notes.insert(3, " two"),
    () => notes.delete(0, 4),
    () => doc.getMap("texts").delete("a"),
  ];

  const seen = changes.map((change) => {
    change();
    return [digester.digest(), createDigester(doc).digest()] as const;
  });

  for (const [kept, afresh] of seen) expect(kept).toBe(afresh);
  expect(new Set(seen.map(([kept]) => kept)).size).toBe(changes.length);
});
