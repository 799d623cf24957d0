import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/** What files of a folder may not import, with the reason the reader of the error needs. For a file the last entry counts. */
function closed(folder, group, message) {
  return {
    files: [`${folder}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
  };
}

// The patterns know no braces: each folder stands alone.
const outside = [
  "**/app/**",
  "**/policies/**",
  "**/local/**",
  "**/test/**",
  "../../delivery/**",
  "../../../delivery/**",
];
/** The folders of components in the order of their imports: a folder takes from those before it. */
const layers = [
  ["iam"],
  ["image", "network", "auth"],
  ["function", "service", "data"],
  ["api"],
  ["observe", "delivery"],
];
const oneWay = layers.flatMap((layer, at) => {
  const later = layers.slice(at + 1).flat();
  const group = [...new Set([...outside, ...later.flatMap((name) => [`../${name}/**`, `../../${name}/**`])])];
  return layer.map((folder) => closed(`components/${folder}`, group, "imports go one way: see docs/architecture.md"));
});

export default tseslint.config(
  { ignores: ["node_modules/", ".cache/", ".local/", "coverage/", "app/dist/", "policies/data/"] },
  tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  {
    files: ["**/*.ts"],
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-floating-promises": ["error", { ignoreVoid: true }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='apply'] NewExpression[callee.property.name=/^[A-Z]/]",
          message: "a resource made inside apply is invisible to the preview: make it outside and pass the output in",
        },
        {
          selector: "MemberExpression[property.name='only'][object.name=/^(it|describe|context)$/]",
          message: "runs only one test",
        },
        {
          selector: "MemberExpression[property.name='skip'][object.name=/^(it|describe|context)$/]",
          message: "skips a test",
        },
      ],
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  { files: ["index.ts", "eslint.config.js"], rules: { "no-restricted-exports": "off" } },
  {
    files: ["**/*.spec.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off", "@typescript-eslint/no-unsafe-call": "off" },
  },
  closed("components", outside, "a component takes values as arguments"),
  ...oneWay,
  closed(
    "delivery",
    ["**/policies/**", "**/local/**", "**/test/**", "@pulumi/*"],
    "a roll-back works without the engine and the graph",
  ),
  closed(
    "policies",
    ["**/components/**", "**/app/**", "**/local/**", "**/test/**", "../index.ts", "../../index.ts"],
    "a judge does not share the opinions of the judged",
  ),
  closed(
    "app",
    ["@pulumi/*", "**/components/**", "**/policies/**", "**/local/**", "**/test/**"],
    "the app knows no infrastructure",
  ),
  closed("local", ["**/components/**", "**/test/**"], "the local lane knows the stack only by its graph"),
);
