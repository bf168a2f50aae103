import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { configDefaults, defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Two entries, so that the static pages load no board code. Django finds the files by the manifest. */
export default defineConfig({
  base: "/static/",
  plugins: [react()],
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
      input: [here("src/pages/workspace.tsx"), here("src/pages/site.ts")],
    },
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "tests-node/**"],
    restoreMocks: true,
  },
});
