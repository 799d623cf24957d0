import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { callsOf, layout, written } from "../../../policies/calls/read.ts";

const packages = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** What a program of these files calls, as `<actions> at <file>:<line>`, and what of it could not be read. */
function read(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "code-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, "code", path)), { recursive: true });
      writeFileSync(join(root, "code", path), text);
    }
    const folders = { programs: "hosts", services: "services", variable: "SERVICE", packages: [packages] };
    const { programs } = callsOf({ folder: join(root, "code"), ...folders });
    return Object.fromEntries(
      Object.entries(programs).map(([name, { calls, unread }]) => [
        name,
        [
          ...calls.map(({ at, actions, services }) => [actions.join(" "), at, ...(services ?? [])].join(" ")),
          ...unread.map(({ at, what, services }) => [`? ${what} ${at}`, ...(services ?? [])].join(" ")),
        ],
      ]),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

const only = (text: string, more: Record<string, string> = {}) => read({ "hosts/it.ts": text, ...more })["hosts/it"];
const from = (name: string) => `from "@aws-sdk/client-${name}"`;

/** One program each, and what it calls. */
const plain = [
  [
    "a command",
    `import { InvokeCommand } ${from("lambda")};\nexport const call = () => new InvokeCommand({});`,
    "lambda:InvokeFunction code/hosts/it.ts:2",
  ],
  [
    "a command under another name",
    `import { PutMetricDataCommand as Put } ${from("cloudwatch")};\nnew Put({});`,
    "cloudwatch:PutMetricData code/hosts/it.ts:2",
  ],
  [
    "a command of a whole client",
    `import * as sfn ${from("sfn")};\nnew sfn.StartExecutionCommand({});`,
    "states:StartExecution code/hosts/it.ts:2",
  ],
  [
    "a method of a client",
    `import { Lambda } ${from("lambda")};\nconst client = new Lambda({});\nawait client.getAlias({});`,
    "lambda:GetAlias code/hosts/it.ts:3",
  ],
  [
    "pages",
    `import { paginateListAliases } ${from("lambda")};\npaginateListAliases({}, {});`,
    "lambda:ListAliases code/hosts/it.ts:2",
  ],
  [
    "waiting",
    `import { waitUntilFunctionActive } ${from("lambda")};\nawait waitUntilFunctionActive({}, {});`,
    "lambda:GetFunctionConfiguration code/hosts/it.ts:2",
  ],
  [
    "a signer that is loaded late",
    `const { Signer } = await import("@aws-sdk/rds-signer");\nnew Signer({});`,
    "rds-db:connect code/hosts/it.ts:1",
  ],
  [
    "what a library calls",
    `import { getSecret } from "@aws-lambda-powertools/parameters/secrets";\nawait getSecret("x");`,
    "secretsmanager:GetSecretValue code/hosts/it.ts:2",
  ],
] as const;

/** One program each, and what of it is not known. */
const unclear = [
  [
    "a command is chosen at run time",
    `import * as sfn ${from("sfn")};\nnew sfn[process.env.X]({});`,
    "? what is taken of @aws-sdk/client-sfn code/hosts/it.ts:2",
  ],
  [
    "a module is chosen at run time",
    `await import(process.env.X);`,
    "? an import whose module is named at run time code/hosts/it.ts:1",
  ],
  [
    "a client is kept whole",
    `const sdk = await import("@aws-sdk/client-sfn");\nnew sdk.StartExecutionCommand({});`,
    "? what is taken of @aws-sdk/client-sfn code/hosts/it.ts:1",
  ],
  [
    "a client is not installed",
    `import { XCommand } ${from("nothing")};\nnew XCommand({});`,
    "? X of @aws-sdk/client-nothing, whose permission is not known code/hosts/it.ts:2",
  ],
  [
    "a package brings a client along",
    `import { Vpc } from "@pulumi/awsx";\nnew Vpc();`,
    "? Vpc of @pulumi/awsx code/hosts/it.ts:2",
  ],
  [
    "a library does something new",
    `import { Other } from "@aws-sdk/rds-signer";\nnew Other();`,
    "? Other of @aws-sdk/rds-signer code/hosts/it.ts:2",
  ],
] as const;

describe("what code calls", () => {
  let called: Record<string, string[]>;
  before(() => {
    const cases = [...plain, ...unclear];
    const files = cases.map(([, text], at) => [`hosts/case-${at}.ts`, text]);
    const programs = read(Object.fromEntries(files) as Record<string, string>);
    const names = cases.map(([title], at) => [
      title,
      programs[`hosts/case-${at}`]!.map((one) => one.replace(/case-\d+/, "it")),
    ]);
    called = Object.fromEntries(names) as Record<string, string[]>;
  });

  it("is the facts that are committed: else run node policies/calls/read.ts", () => {
    assert.equal(
      readFileSync(new URL("../../../policies/calls/app.json", import.meta.url), "utf8"),
      written(callsOf(layout)),
    );
  });

  for (const [title, , expected] of plain) {
    it(`is read from ${title}`, () => assert.deepEqual(called[title], [expected]));
  }

  it("follows what a program mentions, through files and names that are passed on", () => {
    const files = {
      "store.ts": `import { GetSecretValueCommand } ${from("secrets-manager")};\nexport const read = () => new GetSecretValueCommand({});`,
      "index.ts": `export { read as fetch } from "./store.ts";`,
    };
    const text = `import { fetch } from "../index.ts";\nexport const handler = () => inner();\nfunction inner() { return fetch(); }`;
    assert.deepEqual(only(text, files), ["secretsmanager:GetSecretValue code/store.ts:2"]);
  });

  it("leaves out what a program does not mention, and types", () => {
    const store = [
      `import { GetSecretValueCommand } ${from("secrets-manager")};`,
      `export const read = () => new GetSecretValueCommand({});`,
      `export const table = { read: () => new GetSecretValueCommand({}) };`,
      `export const limit = 3;`,
      `export type Kind = GetSecretValueCommand;`,
    ].join("\n");
    const text = `import { limit, type Kind } from "../store.ts";\nexport const handler = (): Kind => limit;`;
    assert.deepEqual(only(text, { "store.ts": store }), []);
  });

  it("counts what a module does as soon as it is loaded", () => {
    const store = `import { GetSecretValueCommand } ${from("secrets-manager")};\nconst secret = send(new GetSecretValueCommand({}));\nfunction send(x) {}`;
    assert.deepEqual(only(`import "../store.ts";`, { "store.ts": store }), [
      "secretsmanager:GetSecretValue code/store.ts:2",
    ]);
  });

  it("tells the services of one image apart", () => {
    const service = (name: string, client: string) =>
      `import { ${name} as C } ${from(client)};\nconst one = route({ handle: () => new C({}) });\nexport const routes = [one];\nfunction route(x) { return x; }`;
    const called = read({
      "services/a/routes.ts": service("InvokeCommand", "lambda"),
      "services/b/routes.ts": service("GetSecretValueCommand", "secrets-manager"),
      "services/all.ts": `import { routes as a } from "./a/routes.ts";\nimport { routes as b } from "./b/routes.ts";\nexport const all = { a, b };`,
      "hosts/it.ts": `import { all } from "../services/all.ts";\nexport const handler = () => all[process.env.SERVICE]();`,
    });
    assert.deepEqual(called["hosts/it"], [
      "lambda:InvokeFunction code/services/a/routes.ts:2 a",
      "secretsmanager:GetSecretValue code/services/b/routes.ts:2 b",
    ]);
  });

  for (const [title, , expected] of unclear) {
    it(`is not all read where ${title}`, () => assert.deepEqual(called[title], [expected]));
  }

  it("fails on an entry point that cannot be read", () => {
    assert.throws(() => callsOf({ ...layout, folder: "/nowhere" }), /ENOENT/);
  });
});
