import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

/** The project's linter over text that is in no file; rules that need types are left out, since they need files. */
const linter = new ESLint({
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  ruleFilter: ({ ruleId }) => ruleId.startsWith("no-restricted-"),
  overrideConfig: { files: ["**/*.ts"], ...(tseslint.configs.disableTypeChecked as object) },
});

/** What the linter says of `text` as the file at `path`. */
async function said(path: string, text: string): Promise<string[]> {
  const [{ messages } = { messages: [] }] = await linter.lintText(text, { filePath: path });
  return messages.map(({ ruleId, message, fatal }) => (fatal ? `cannot be read: ${message}` : `${ruleId}: ${message}`));
}

describe("import directions", () => {
  const onlyTests = "nothing but a test imports a test";
  const values = "a component takes values as arguments";
  const oneWay = "imports go one way: see docs/architecture.md";
  const rollBack = "a roll-back works without the engine and the graph";
  const judge = "a judge does not share the opinions of the judged";
  const app = "the app knows no infrastructure";
  const lane = "the local lane knows the stack only by its graph";
  const program = "the program knows the components and the app's contract";

  for (const [from, to, why] of [
    ["components/names.ts", "../local/graph.ts", values],
    ["components/names.ts", "../delivery/history.ts", values],
    ["components/names.ts", "../test/eventually.ts", onlyTests],
    ["components/workload.ts", "./index.ts", undefined],
    ["components/workload.ts", "./delivery/rollout.ts", undefined],
    ["components/iam/grants.ts", "../function/permissions.ts", oneWay],
    ["components/iam/grants.ts", "../image/digest.ts", oneWay],
    ["components/iam/grants.ts", "../names.ts", undefined],
    ["components/iam/grants.ts", "../settings.ts", oneWay],
    ["components/auth/user-pool.ts", "../../app/contract.ts", oneWay],
    ["components/auth/user-pool.ts", "../api/rest-api.ts", oneWay],
    ["components/auth/user-pool.ts", "../index.ts", oneWay],
    ["components/auth/user-pool.ts", "../iam/grants.ts", undefined],
    ["components/function/container-function.ts", "../delivery/rollout.ts", oneWay],
    ["components/function/container-function.ts", "../image/digest.ts", undefined],
    ["components/api/rest-api.ts", "../observe/alarms.ts", oneWay],
    ["components/api/rest-api.ts", "../function/container-function.ts", undefined],
    ["components/observe/alarms.ts", "../../delivery/history.ts", oneWay],
    ["components/observe/alarms.ts", "../../policies/judge.ts", oneWay],
    ["components/observe/alarms.ts", "../delivery/rollout-plan.ts", undefined],
    ["components/delivery/shift/shift.ts", "../../../delivery/history.ts", oneWay],
    ["components/delivery/shift/shift.ts", "../../workload.ts", oneWay],
    ["components/delivery/shift/shift.ts", "../../../test/eventually.ts", onlyTests],
    ["components/delivery/shift/shift.ts", "../state-machine.ts", undefined],
    ["delivery/history.ts", "@pulumi/aws/lambda/index.js", rollBack],
    ["delivery/history.ts", "../local/graph.ts", rollBack],
    ["delivery/history.ts", "../test/eventually.ts", onlyTests],
    ["delivery/history.ts", "../components/delivery/shift/ports.ts", undefined],
    ["policies/iam/judge.ts", "../../components/iam/document.ts", judge],
    ["policies/rules/iam/proof.ts", "../../../index.ts", judge],
    ["policies/judge.ts", "../local/graph.ts", judge],
    ["policies/judge.ts", "../app/contract.ts", judge],
    ["policies/judge.ts", "../test/eventually.ts", onlyTests],
    ["policies/rules/iam/proof.ts", "../../iam/document.ts", undefined],
    ["policies/judge.ts", "@pulumi/policy", undefined],
    ["app/contract.ts", "@pulumi/pulumi", app],
    ["app/services/patients/routes.ts", "../../../components/names.ts", app],
    ["app/services/patients/routes.ts", "../../../local/port.ts", app],
    ["app/services/patients/routes.ts", "../../../test/eventually.ts", onlyTests],
    ["app/services/patients/routes.ts", "../../platform/http/routes.ts", undefined],
    ["local/gateway/api.ts", "../../components/api/openapi.ts", lane],
    ["local/preview.ts", "../delivery/history.ts", lane],
    ["local/preview.ts", "../test/eventually.ts", onlyTests],
    ["local/preview.ts", "../policies/judge.ts", undefined],
    ["local/identity/server.ts", "../../app/contract.ts", undefined],
    ["index.ts", "./policies/judge.ts", program],
    ["index.ts", "./local/graph.ts", program],
    ["index.ts", "./app/services/registry.ts", program],
    ["stack/services.ts", "../app/services/registry.ts", program],
    ["stack/services.ts", "../local/graph.ts", program],
    ["stack/services.ts", "../app/contract.ts", undefined],
    ["stack/services.ts", "../components/index.ts", undefined],
    ["components/workload.ts", "../stack/services.ts", values],
    ["index.ts", "./app/contract.ts", undefined],
    ["index.ts", "./app/openapi.json", undefined],
    ["docs/diagram.ts", "../test/recorded.ts", onlyTests],
    ["bench/policies.ts", "../test/recorded.ts", onlyTests],
    ["bench/policies.ts", "../policies/judge.ts", undefined],
    ["test/laws.spec.ts", "../components/index.ts", undefined],
  ] as const) {
    it(`${why ? "keep" : "let"} ${from} ${why ? "from" : "take"} ${to}`, async () => {
      const [named, typed, all] = await Promise.all(
        ["import { x } from", "import type { X } from", "export { x } from"].map((form) =>
          said(from, `${form} "${to}";\n`),
        ),
      );
      const rule = `no-restricted-imports: '${to}' import is restricted from being used by a pattern. ${why}.`;
      const expected = why ? [rule.slice(0, -1)] : [];
      assert.deepEqual([named, typed, all], [expected, expected, expected]);
    });
  }
});

describe("a resource made inside apply", () => {
  const message = "a resource made inside apply is invisible to the preview: make it outside and pass the output in";

  for (const text of [
    `role.arn.apply((arn) => new aws.sns.Topic("topic", { name: arn }));`,
    `role.arn.apply((arn) => new Topic("topic", { name: arn }));`,
    `role.arn.apply(function (arn) { return new Topic("topic", { name: arn }); });`,
    `pulumi.all([a, b]).apply(([x, y]) => { if (x) new slipway.RestApi(y, args); });`,
    `pulumi.output(list).apply((names) => names.map((name) => new Topic(name)));`,
    `role.arn?.apply(async (arn) => { const make = () => new aws.sns.Topic(arn); return make(); });`,
  ]) {
    it(`is found in ${text}`, async () =>
      assert.deepEqual(await said("components/api/account.ts", text), [`no-restricted-syntax: ${message}`]));
  }

  for (const text of [
    `new aws.iam.Role("role", args).arn.apply((arn) => arn.split(":")[0]);`,
    `ids.apply((all) => [...new Set(all)].sort());`,
    `ids.apply((all) => { throw new pulumi.ResourceError("too many", parent); });`,
    `url.apply((text) => new URL(text).host);`,
    `body.apply((text) => new pulumi.asset.StringAsset(text));`,
    `names.map((name) => new Topic(name));`,
  ]) {
    it(`is not ${text}`, async () => assert.deepEqual(await said("components/api/account.ts", text), []));
  }
});

describe("a component's surroundings", () => {
  for (const [text, why] of [
    ["export const region = process.env.AWS_REGION;", "the program reads the environment"],
    ["export const config = new pulumi.Config();", "settings.ts reads the configuration, the program the place"],
    ["export const stack = pulumi.getStack();", "settings.ts reads the configuration, the program the place"],
  ] as const) {
    it(`do not show in ${text}`, async () => {
      const message = `no-restricted-syntax: a component takes values as arguments: ${why}`;
      assert.deepEqual(await said("components/api/account.ts", text), [message]);
      assert.deepEqual(await said("components/settings.ts", text), []);
    });
  }
});

describe("a test that is alone or left out", () => {
  it("is found", async () => {
    assert.deepEqual(
      await said("test/names.spec.ts", `it.only("holds", () => {}); describe.skip("names", () => {});`),
      ["no-restricted-syntax: runs only one test", "no-restricted-syntax: skips a test"],
    );
  });
});
