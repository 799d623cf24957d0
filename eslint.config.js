import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/**
 * What files may not import, with the reason the reader of the error needs. The patterns know no braces; for a file the last entry
 * counts, so each says that nothing imports the tests.
 */
function closed(files, group, message) {
  const patterns = [
    { group: ["**/test/**"], message: "nothing but a test imports a test" },
    ...(group.length > 0 ? [{ group, message }] : []),
  ];
  return { files: [files].flat(), rules: { "no-restricted-imports": ["error", { patterns }] } };
}

/** The folders beside components, from anywhere within. */
const outside = ["**/app/**", "**/stack/**", "**/policies/**", "**/local/**", "**/docs/**", "**/bench/**"];
/** The folders of components in the order of their imports: a folder takes from those before it. */
const layers = [
  ["iam"],
  ["image", "network", "auth"],
  ["function", "service", "data"],
  ["api"],
  ["observe", "delivery"],
];
/** What puts the folders together, and takes from all of them. */
const above = [
  "workload",
  "fleet",
  "pre-traffic-probe",
  "settings",
  "settings-reader",
  "region",
  "service-settings",
  "tier-defaults",
  "index",
];
const oneWay = layers.flatMap((layer, at) => {
  const later = layers.slice(at + 1).flat();
  const group = [
    ...outside,
    ...["../../delivery/**", "../../../delivery/**"],
    ...later.flatMap((name) => [`../${name}/**`, `../../${name}/**`]),
    ...above.flatMap((name) => [`../${name}.ts`, `../../${name}.ts`]),
  ];
  return layer.map((folder) =>
    closed(`components/${folder}/**/*.ts`, [...new Set(group)], "imports go one way: see docs/architecture.md"),
  );
});

/** What is constructed in so many places that it cannot be a resource, and what pulumi itself has of the kind. */
const noResource =
  "/^(AbortController|Array|Buffer|Date|Headers|Map|Promise|Proxy|RegExp|Request|Response|Set|String|TextDecoder|TextEncoder|URL|URLSearchParams|WeakMap|WeakSet|\\w*(Error|Array|Asset|Archive))$/";
const inApply = "CallExpression[callee.property.name='apply'] > :function NewExpression";
const patterns = [
  ...["callee.name", "callee.property.name"].map((name) => ({
    selector: `${inApply}[${name}=/^[A-Z]/][${name}!=${noResource}]`,
    message: "a resource made inside apply is invisible to the preview: make it outside and pass the output in",
  })),
  ...["only", "skip"].map((name) => ({
    selector: `MemberExpression[property.name='${name}'][object.name=/^(it|describe|context)$/]`,
    message: name === "only" ? "runs only one test" : "skips a test",
  })),
];
const ambient = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "a component takes values as arguments: the program reads the environment",
  },
  {
    selector: "MemberExpression[object.name='pulumi'][property.name=/^(Config|get(Stack|Project|Organization))$/]",
    message: "a component takes values as arguments: settings.ts reads the configuration, the program the place",
  },
];

export default tseslint.config(
  { ignores: ["node_modules/", ".cache/", ".local/", "coverage/", "app/dist/", "policies/data/*.gz"] },
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
      "no-restricted-syntax": ["error", ...patterns],
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  { files: ["start.js", "index.ts", "eslint.config.js"], rules: { "no-restricted-exports": "off" } },
  {
    files: ["**/*.spec.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off", "@typescript-eslint/no-unsafe-call": "off" },
  },
  {
    files: ["components/**/*.ts"],
    ignores: ["components/settings.ts", "components/settings-reader.ts"],
    rules: { "no-restricted-syntax": ["error", ...patterns, ...ambient] },
  },
  closed(["docs/**/*.ts", "bench/**/*.ts", ".ci/**/*.js"], []),
  closed(
    ["start.js", "index.ts", "stack/**/*.ts"],
    ["**/policies/**", "**/local/**", "**/delivery/**", "**/docs/**", "./app/*/**", "../app/*/**"],
    "the program knows the components and the app's contract",
  ),
  closed("components/*.ts", [...outside, "../delivery/**", "../index.ts"], "a component takes values as arguments"),
  ...oneWay,
  closed(
    "delivery/**/*.ts",
    ["**/policies/**", "**/local/**", "@pulumi/*"],
    "a roll-back works without the engine and the graph",
  ),
  closed(
    "policies/**/*.ts",
    [
      "**/components/**",
      "**/app/**",
      "**/local/**",
      "**/delivery/**",
      "../index.ts",
      "../../index.ts",
      "../../../index.ts",
    ],
    "a judge does not share the opinions of the judged",
  ),
  closed(
    "app/**/*.ts",
    ["@pulumi/*", "**/components/**", "**/policies/**", "**/local/**", "**/delivery/**"],
    "the app knows no infrastructure",
  ),
  closed("local/**/*.ts", ["**/components/**", "**/delivery/**"], "the local lane knows the stack only by its graph"),
);
