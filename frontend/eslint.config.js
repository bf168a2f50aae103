import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Who may import whom: document <- tools <- board, notes <- workspace <- replay <- pages, with sync on document alone. */
const FORBIDDEN = {
  document: ["tools", "sync", "ui", "board", "notes", "workspace", "replay", "pages"],
  tools: ["sync", "ui", "board", "notes", "workspace", "replay", "pages"],
  sync: ["tools", "ui", "board", "notes", "workspace", "replay", "pages"],
  ui: ["document", "tools", "sync", "board", "notes", "workspace", "replay", "pages"],
  board: ["notes", "workspace", "replay", "pages"],
  notes: ["board", "workspace", "replay", "pages"],
  workspace: ["replay", "pages"],
  replay: ["pages"],
};

/** Sync offers its presence to the others as an interface without code. */
const PRESENCE = ["./presence.ts"];

const exceptions = { sync: PRESENCE };

const zones = Object.entries(FORBIDDEN).flatMap(([target, others]) =>
  others.map((from) => ({
    target: `./src/${target}`,
    from: `./src/${from}`,
    ...(exceptions[from] ? { except: exceptions[from] } : {}),
    message: `${target} may not know ${from}: see docs/architecture.md.`,
  })),
);

export default tseslint.config(
  { ignores: ["node_modules"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
      globals: globals.browser,
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [
        importX.createNodeResolver({ extensions: [".ts", ".tsx", ".js", ".css"] }),
      ],
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
      "import-x/no-cycle": "error",
      "import-x/no-duplicates": "error",
      "import-x/order": [
        "error",
        {
          groups: ["builtin", "external", "parent", "sibling", "index"],
          "newlines-between": "always",
          alphabetize: { order: "asc", caseInsensitive: true },
        },
      ],
    },
  },
  {
    files: ["src/**/*.tsx"],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
  },
  {
    files: ["*.config.{js,ts}"],
    languageOptions: { globals: globals.node },
  },
);
