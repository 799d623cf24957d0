import assert from "node:assert/strict";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { unknownValue } from "../../local/graph.ts";
import { packProcess } from "./pack-process.ts";

const allow = (Action: string | string[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const trust = (Service: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] });

describe("the pack in the engine's process, over permissions", () => {
  const { analyzeStack, configure } = packProcess();

  const role = {
    type: "aws:iam/role:Role",
    name: "worker",
    props: { assumeRolePolicy: trust("lambda.amazonaws.com") },
  };
  const grant = (policy: string, from: Record<string, string> = { role: "worker" }, name = "grant") => ({
    ...{ type: "aws:iam/rolePolicy:RolePolicy", name, props: { role: unknownValue, policy }, from },
  });
  const of = async (rule: string, resources: Parameters<typeof analyzeStack>[0]) =>
    (await analyzeStack(resources)).filter(([name = ""]: string[]) => name.split("/")[0] === rule);

  it("judges what a principal holds together, found by where unknown names come from", async () => {
    const [half, rest] = ["abcdefg", "hijklmnopqrstuvwx"].map((letters) =>
      allow([...letters].map((one) => `${one}*:*`)),
    ) as [string, string];
    const lines = await of("iam-no-admin", [role, grant(half), grant(rest, { role: "worker" }, "more")]);
    assert.deepEqual(
      lines.map((line: string[]) => [line[1], line[3]]),
      [["mandatory", "urn:pulumi:dev::slipway::aws:iam/rolePolicy:RolePolicy::more"]],
    );
    const other = { ...role, name: "other" };
    const apart = await of("iam-no-admin", [role, other, grant(half), grant(rest, { role: "other" }, "more")]);
    assert.deepEqual(apart, []);
  });

  it("compares a role with what the code calls, found by where an unknown role comes from", async () => {
    const props = { role: unknownValue, imageConfig: { commands: ["hosts/migrate.handler"] } };
    const runner = { type: "aws:lambda/function:Function", name: "runner", props, from: { role: "worker" } };
    const held = grant(allow(["secretsmanager:GetSecretValue", "s3:GetObject"]));
    const lines = await of("iam-unused-permission", [role, held, runner]);
    assert.deepEqual(
      lines.map(([, level, message]: string[]) => [level, message!.split(",")[0]]),
      [["mandatory", "policy statement #0 allows s3:GetObject"]],
    );
  });

  it("says that a document is not known yet, at the level it is told to", async () => {
    const rule = "iam-document-known-at-preview";
    const undecided = () => of(rule, [role, grant(unknownValue)]);
    assert.deepEqual(
      (await undecided()).map((line: string[]) => line.slice(0, 3)),
      [[`${rule}/undecided`, "advisory", "cannot tell yet: policy is not known before the update"]],
    );
    await configure({ [rule]: { level: analyzer.EnforcementLevel.MANDATORY, props: { undecided: "mandatory" } } });
    assert.deepEqual(
      (await undecided()).map((line: string[]) => line[1]),
      ["mandatory"],
    );
  });

  it("compares with a snapshot it is given", async () => {
    const document = JSON.parse(allow("sqs:SendMessage"));
    const snapshot = { principals: { worker: { policies: { grant: document }, managed: [] } }, resources: {} };
    await configure({ "iam-no-new-access": { level: analyzer.EnforcementLevel.MANDATORY, props: { snapshot } } });
    const gains = await of("iam-no-new-access", [role, grant(allow("sqs:PurgeQueue"))]);
    assert.deepEqual(
      gains.map((line: string[]) => line[2]!.split(":").slice(0, 2).join(":")),
      ["worker gains sqs:PurgeQueue on *", "lambda.amazonaws.com as worker gains sts:AssumeRole"],
    );
  });

  it("says a mild finding at a mild level", async () => {
    const lines = await of("passrole-closure", [
      { ...role, props: { ...role.props, name: "worker", arn: "arn:aws:iam::123456789012:role/worker" } },
    ]);
    assert.deepEqual(
      lines.map((line: string[]) => line.slice(0, 2)),
      [["passrole-closure", "advisory"]],
    );
  });
});
