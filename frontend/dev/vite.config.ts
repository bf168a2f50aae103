import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Serves the pages of this folder, with the product's icons under /site/. Not part of the build. */
export default defineConfig({
  root: here("."),
  publicDir: here("../../static"),
  cacheDir: here("../node_modules/.vite-dev"),
  plugins: [react()],
  server: { fs: { allow: [here("..")] } },
});
