// Writes tests/rooms/digest_vectors.json: documents with the canonical text that both the server
// and the browser must digest (docs/protocol.md, "The digest"). The documents are made by Yjs and
// the texts are written down here by hand, so that neither implementation is the other's measure.
//
// Usage, in frontend/: node tests-node/digest-vectors.mjs

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { URL } from "node:url";
import * as Y from "yjs";

const FILE = new URL("../../tests/rooms/digest_vectors.json", import.meta.url);

/** One entry: `build` fills an empty document, `canonical` is what must be digested for it. */
const vectors = [
  {
    name: "nothing at all",
    build: () => {},
    canonical: String.raw`{}`,
  },
  {
    name: "roots that became empty again",
    build: (doc) => {
      doc.getMap("meta").set("schema", 1);
      doc.getMap("meta").delete("schema");
      doc.getMap("notes").set("data", new Y.Text("gone"));
      doc.getMap("notes").delete("data");
    },
    canonical: String.raw`{}`,
  },
  {
    name: "an empty text and an empty item stay",
    build: (doc) => {
      doc.getMap("notes").set("data", new Y.Text());
      doc.getMap("texts").set("a", new Y.Map());
    },
    canonical: String.raw`{"notes":{"data":""},"texts":{"a":{}}}`,
  },
  {
    name: "roots and keys in their order, whatever the order of writing",
    build: (doc) => {
      doc.getMap("texts").set("b", item({ y: 2, x: 1, text: "B" }));
      doc.getMap("texts").set("a", item({ text: "A" }));
      doc.getMap("meta").set("schema", 1);
    },
    canonical: String.raw`{"meta":{"schema":1},"texts":{"a":{"text":"A"},"b":{"text":"B","x":1,"y":2}}}`,
  },
  {
    name: "accents, emoji, astral and right-to-left characters",
    build: (doc) => note(doc, "Zoë 東京 🙂 𝕏 שלום e\u0301"),
    canonical: String.raw`{"notes":{"data":"Zo\u00eb \u6771\u4eac \ud83d\ude42 \ud835\udd4f \u05e9\u05dc\u05d5\u05dd e\u0301"}}`,
  },
  {
    name: "quotes, backslashes and slashes",
    build: (doc) => note(doc, `say "a\\b" </script> 'c' \\u007f`),
    canonical: String.raw`{"notes":{"data":"say \"a\\b\" </script> 'c' \\u007f"}}`,
  },
  {
    name: "control characters",
    build: (doc) => note(doc, "\b\t\n\v\f\r\u0001\u001f\u007f\u0080\u2028\u2029\ufeff\uffff"),
    canonical: String.raw`{"notes":{"data":"\b\t\n\u000b\f\r\u0001\u001f${"\u007f"}\u0080\u2028\u2029\ufeff\uffff"}}`,
  },
  {
    name: "integers",
    build: (doc) => numbers(doc, [0, 1, -1, 63, 64, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 1e15]),
    canonical: String.raw`{"texts":{"a":{"n":[0,1,-1,63,64,2147483647,2147483648,-2147483648,1000000000000000]}}}`,
  },
  {
    name: "negative zero is zero",
    build: (doc) => numbers(doc, [-0]),
    canonical: String.raw`{"texts":{"a":{"n":[0]}}}`,
  },
  {
    name: "the edge of whole numbers",
    build: (doc) => numbers(doc, [2 ** 53 - 1, 2 ** 53, 1 - 2 ** 53, -(2 ** 53), 1e21, -1e21]),
    canonical: String.raw`{"texts":{"a":{"n":[9007199254740991,f4340000000000000,-9007199254740991,fc340000000000000,f444b1ae4d6e2ef50,fc44b1ae4d6e2ef50]}}}`,
  },
  {
    name: "fractions",
    build: (doc) => numbers(doc, [0.1, 1e-7, 0.5, -1.5, 5e-324, 1.7976931348623157e308, 1 / 3]),
    canonical: String.raw`{"texts":{"a":{"n":[f3fb999999999999a,f3e7ad7f29abcaf48,f3fe0000000000000,fbff8000000000000,f0000000000000001,f7fefffffffffffff,f3fd5555555555555]}}}`,
  },
  {
    name: "null, undefined and truth",
    build: (doc) =>
      doc.getMap("components").set("a", item({ u: undefined, n: null, t: true, f: false })),
    canonical: String.raw`{"components":{"a":{"f":false,"n":null,"t":true,"u":null}}}`,
  },
  {
    name: "undefined within a list and an object",
    build: (doc) =>
      doc.getMap("components").set("a", item({ tags: [undefined, "x"], fields: { b: undefined } })),
    canonical: String.raw`{"components":{"a":{"fields":{"b":null},"tags":[null,"x"]}}}`,
  },
  {
    name: "tags, fields and points",
    build: (doc) => {
      const fields = { qps: "10k", "": "", "a b": "ü" };
      doc.getMap("components").set("c", item({ tags: ["hot", "é"], fields, pinned: false }));
      const points = [
        [0, 0, 0.5],
        [10.25, -3, 1],
      ];
      doc.getMap("strokes").set("s", item({ points, width: 2 }));
    },
    canonical: String.raw`{"components":{"c":{"fields":{"":"","a b":"\u00fc","qps":"10k"},"pinned":false,"tags":["hot","\u00e9"]}},"strokes":{"s":{"points":[[0,0,f3fe0000000000000],[f4024800000000000,-3,1]],"width":2}}}`,
  },
  {
    name: "empty lists and objects",
    build: (doc) => doc.getMap("components").set("a", item({ tags: [], fields: {}, x: [[], {}] })),
    canonical: String.raw`{"components":{"a":{"fields":{},"tags":[],"x":[[],{}]}}}`,
  },
  {
    // By code points U+FF5E would come before U+1F642; by UTF-16 units (0xd83d, 0xff5e) after it.
    name: "astral keys are ordered by their UTF-16 units",
    build: (doc) => {
      const fields = { "～": 1, "🙂": 2, z: 3, é: 4, Z: 5, "": 6, zz: 7 };
      doc.getMap("components").set("🙂", item({ fields }));
      doc.getMap("components").set("～", item({ x: 1 }));
    },
    canonical: String.raw`{"components":{"\ud83d\ude42":{"fields":{"":6,"Z":5,"z":3,"zz":7,"\u00e9":4,"\ud83d\ude42":2,"\uff5e":1}},"\uff5e":{"x":1}}}`,
  },
  {
    name: "numerals as keys are text",
    build: (doc) => {
      doc.getMap("texts").set("10", item({ x: 1 }));
      doc.getMap("texts").set("9", item({ 2: "b", 10: "a" }));
    },
    canonical: String.raw`{"texts":{"10":{"x":1},"9":{"10":"a","2":"b"}}}`,
  },
  {
    name: "texts written, cut and put together again",
    build: (doc) => {
      note(doc, "Hello 🙂 world");
      const text = doc.getMap("notes").get("data");
      text.delete(0, 9);
      text.insert(5, "!");
      text.insert(0, "Wide ");
      text.delete(2, 2);
    },
    canonical: String.raw`{"notes":{"data":"Wi world!"}}`,
  },
  {
    name: "values overwritten, items deleted",
    build: (doc) => {
      const stickies = doc.getMap("stickies");
      stickies.set("a", item({ x: 1, text: "first" }));
      stickies.set("b", item({ x: 1 }));
      for (let x = 2; x < 9; x += 1) stickies.get("a").set("x", x);
      stickies.get("a").delete("text");
      stickies.delete("b");
    },
    canonical: String.raw`{"stickies":{"a":{"x":8}}}`,
  },
  {
    name: "two writers at once",
    build: (doc) => {
      note(doc, "ab");
      const other = new Y.Doc();
      other.clientID = 2;
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
      other.getMap("notes").get("data").insert(1, "two");
      other.getMap("texts").set("a", item({ x: 2 }));
      doc.getMap("notes").get("data").insert(1, "one");
      doc.getMap("texts").set("a", item({ x: 1 }));
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    },
    canonical: String.raw`{"notes":{"data":"aonetwob"},"texts":{"a":{"x":2}}}`,
  },
];

function item(values) {
  return new Y.Map(Object.entries(values));
}

function note(doc, text) {
  doc.getMap("notes").set("data", new Y.Text(text));
}

function numbers(doc, values) {
  doc.getMap("texts").set("a", item({ n: values }));
}

/** The client id is fixed, so that the same script writes the same file. */
function written({ name, build, canonical }) {
  const doc = new Y.Doc();
  doc.clientID = 1;
  build(doc);
  const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64");
  const digest = createHash("sha256").update(canonical, "ascii").digest("hex");
  return { name, update, canonical, digest };
}

writeFileSync(FILE, `${JSON.stringify(vectors.map(written), null, 2)}\n`);
