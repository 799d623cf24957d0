import assert from "node:assert/strict";
import { rule as missing } from "../../../../policies/rules/iam/missing-permission.ts";
import { rule as unused } from "../../../../policies/rules/iam/unused-permission.ts";
import type { Resource } from "../../../../policies/resource.ts";
import { account, allow, fn, grant, role } from "../../documents.ts";
import { resource, verdictsOf } from "../../laws.ts";
import { calls, code, machine, task } from "./code.ts";

const reads = grant("worker", allow("s3:GetObject", "arn:aws:s3:::letters/*"));
const said = (rule: typeof unused, of: readonly Resource[]) =>
  verdictsOf(rule, of, { calls }).map(({ decided, message }) => ({ decided, message }));
const attach = (policyArn: string) =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "worker", policyArn }, { name: "attached" });

describe("what a role is used for", () => {
  it("is not decided where the code takes the SDK apart at run time", () => {
    assert.deepEqual(said(unused, [role("worker"), reads, fn("it", "worker", code("hidden"))]), [
      {
        decided: false,
        message:
          "cannot tell: policy statement #0 allows s3:GetObject, which nothing asks for as worker, " +
          "unless what is taken of @aws-sdk/client-s3 (app/store.ts:9), which it runs does",
      },
    ]);
  });

  for (const [title, props, what] of [
    ["the source of a program is not read", code("elsewhere"), 'the source of "hosts/elsewhere" is not read'],
    ["an image runs what it likes", { packageType: "Image" }, "the source of its program is not read"],
    [
      "a function has layers",
      { ...code("none"), layers: ["arn:aws:lambda:eu-west-1:1:layer:a:1"] },
      "what the layers of it call",
    ],
    [
      "a dead letter goes to something new",
      { ...code("none"), deadLetterConfig: { targetArn: "arn:aws:new:::x" } },
      "the dead-letter queue of it",
    ],
  ] as const) {
    it(`is not decided where ${title}`, () => {
      for (const rule of [unused, missing]) {
        const found = said(rule, [role("worker"), reads, fn("it", "worker", props)]).filter(({ message }) =>
          message.includes(what),
        );
        assert.deepEqual(
          found.map(({ decided }) => decided),
          [false],
          rule.id,
        );
      }
    });
  }

  it("is not decided where a task runs an image that nobody knows", () => {
    const [found] = said(unused, [
      role("worker"),
      reads,
      task("worker", { name: "helper", image: "example.com/helper:1" }),
    ]);
    assert.equal(found?.decided, false);
    assert.match(found.message, /container "helper" of it runs/);
  });

  it("counts what an attached policy of AWS allows, and asks where it is not known", () => {
    const basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    const logs = resource("aws:cloudwatch/logGroup:LogGroup", { name: "/aws/lambda/it" }, { name: "logs" });
    const held = [role("worker"), attach(basic), logs, fn("it", "worker", { ...code("none"), name: "it" })];
    assert.deepEqual(said(missing, held), []);
    const [extra] = said(unused, held);
    assert.match(extra?.message ?? "", /AWSLambdaBasicExecutionRole statement Managed allows logs:CreateLogGroup,/);
    const other = [role("worker"), attach(`arn:aws:iam::${account}:policy/other`), fn("it", "worker", code("reads"))];
    for (const rule of [unused, missing])
      assert.ok(
        said(rule, other).every(({ decided }) => !decided),
        rule.id,
      );
  });

  it("is not decided where a boundary of another stack may refuse it", () => {
    const bound = role("worker", { permissionsBoundary: `arn:aws:iam::${account}:policy/edge` });
    const found = said(missing, [bound, reads, fn("it", "worker", code("reads"))]);
    assert.ok(found.some(({ decided, message }) => !decided && message.includes("the boundary leaves")));
  });

  it("is not taken for sure while it is not known what else runs as the role", () => {
    const flow = resource(
      "aws:codebuild/project:Project",
      { serviceRole: `arn:aws:iam::${account}:role/worker` },
      { name: "build" },
    );
    const found = said(unused, [role("worker"), reads, fn("it", "worker", code("none")), flow]);
    assert.deepEqual(
      found.map(({ decided }) => decided),
      [false],
    );
  });

  for (const task of [
    "arn:aws:states:::ecs:runTask.sync",
    "arn:aws:states:::aws-sdk:novelty:doIt",
    "arn:aws:new:::x",
  ]) {
    it(`is not decided where a state calls ${task}`, () => {
      const found = [unused, missing].map((rule) => said(rule, [role("worker"), reads, machine([task])]));
      assert.deepEqual(
        found.flat().map(({ decided }) => decided),
        [false, false],
      );
    });
  }

  it("is what the committed facts say where nothing else is given", () => {
    const program = { imageConfig: { commands: ["hosts/migrate.handler"] } };
    const held = [
      role("worker"),
      grant("worker", allow("secretsmanager:GetSecretValue", "*")),
      fn("it", "worker", program),
    ];
    assert.deepEqual(verdictsOf(unused, held), []);
    const lacks = verdictsOf(missing, [role("worker"), fn("it", "worker", program)]).map(({ message }) => message);
    assert.match(
      lacks.join("\n"),
      /app\/platform\/database\/owner-secret\.ts:\d+.* asks for secretsmanager:GetSecretValue/,
    );
  });
});
