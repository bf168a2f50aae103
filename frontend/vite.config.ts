import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { configDefaults, defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const COMPRESSIBLE = /\.(?:js|css)$/;
const COMPRESSIONS = { br: promisify(brotliCompress), gz: promisify(gzip) };

/** Scripts and styles also as .br and .gz beside them, which the server hands to who takes them. */
const compressed: Plugin = {
  name: "compressed",
  apply: "build",
  // Not earlier: until they are written, Vite still replaces words in the scripts.
  async writeBundle({ dir = "" }, bundle) {
    for (const name of Object.keys(bundle).filter((one) => COMPRESSIBLE.test(one))) {
      const path = join(dir, name);
      const content = await readFile(path);
      for (const [ending, compress] of Object.entries(COMPRESSIONS)) {
        await writeFile(`${path}.${ending}`, await compress(content));
      }
    }
  },
};

/** Some entries, so that the static pages load no board code. Django finds the files by the manifest. */
export default defineConfig({
  base: "/static/",
  plugins: [react(), compressed],
  build: {
    manifest: "manifest.json",
    outDir: here("../static/build"),
    emptyOutDir: true,
    // The page's policy forbids data: addresses, so nothing may be inlined.
    assetsInlineLimit: 0,
    // light-dark() of tokens.css has to reach the browser as written.
    target: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        "workspace.tsx",
        "replay.tsx",
        "site.ts",
        "lobby.ts",
        "dashboard.ts",
        "debrief.ts",
      ].map((page) => here(`src/pages/${page}`)),
    },
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "tests-node/**"],
    restoreMocks: true,
  },
});
