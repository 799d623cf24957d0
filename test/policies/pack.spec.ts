import assert from "node:assert/strict";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { unknownValue } from "../../local/graph.ts";
import { catalogue } from "../../policies/catalogue.ts";
import { levelOf, optionsOf } from "../../policies/rule.ts";
import { level, packProcess } from "./pack-process.ts";

describe("the pack in the engine's process", () => {
  const { call, analyze, analyzeStack, configure } = packProcess();

  it("offers every rule with its level, severity and options", async () => {
    const info = await call("getAnalyzerInfo", new empty.Empty());
    const offered = info
      .getPoliciesList()
      .map((one: any) => [
        one.getName(),
        level[one.getEnforcementlevel()],
        Object.keys(one.getConfigschema().getProperties().toJavaScript()).sort(),
      ]);
    assert.deepEqual(
      offered,
      catalogue.map((rule) => [rule.id, levelOf(rule, "prod"), Object.keys(optionsOf(rule)).sort()]),
    );
    assert.deepEqual([info.getName(), info.getVersion()], ["slipway", "0.1.0"]);
  });

  it("says what the judge says, about the resource", async () => {
    const type = "aws:cloudwatch/logGroup:LogGroup";
    const message = "events are kept for ever: set retentionInDays to a number of days within the allowed range";
    const urn = `urn:pulumi:dev::slipway::${type}::it`;
    assert.deepEqual(await analyze(type, { name: "logs" }), [
      ["logs-log-group-require-retention", "mandatory", message, urn],
    ]);
    assert.deepEqual(await analyze(type, { retentionInDays: 30 }), []);
  });

  it("follows its configuration", async () => {
    await configure({ "logs-log-group-require-retention": { props: { maxDays: 14 } } });
    const [[, how, what]] = await analyze("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 30 });
    assert.deepEqual([how, what.split(":")[0]], ["advisory", "retentionInDays is 30, allowed are 7 to 14"]);
  });

  it("says under a name of its own what it cannot tell yet, at the level it is told to", async () => {
    const undecided = () => analyze("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: unknownValue });
    const rule = "logs-log-group-require-retention";
    const message = "cannot tell yet: retentionInDays is not known before the update";
    assert.deepEqual(
      (await undecided()).map((line: string[]) => line.slice(0, 3)),
      [[`${rule}/undecided`, "advisory", message]],
    );
    await configure({ [rule]: { level: analyzer.EnforcementLevel.MANDATORY, props: { undecided: "mandatory" } } });
    assert.deepEqual(
      (await undecided()).map((line: string[]) => line[1]),
      ["mandatory"],
    );
  });

  it("goes on judging after an unknown value", async () => {
    const ingress = [
      { fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: [unknownValue] },
      { fromPort: 22, toPort: 22, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] },
    ];
    const names = (await analyze("aws:ec2/securityGroup:SecurityGroup", { ingress })).map(([name]: string[]) => name);
    assert.deepEqual(names.sort(), [
      "ec2-security-group-disallow-open-ingress",
      "ec2-security-group-disallow-open-ingress/undecided",
      "ec2-security-group-isolate-database/undecided",
    ]);
  });

  it("never repeats a secret", async () => {
    const lines = await analyze("aws:lambda/function:Function", {
      environment: { variables: { API_TOKEN: "hunter2-hunter2" } },
    });
    assert.ok(lines.some(([name]: string[]) => name === "lambda-function-disallow-plain-secrets"));
    assert.ok(!JSON.stringify(lines).includes("hunter2"));
  });

  it("follows the engine's record of where an unknown value comes from", async () => {
    const bucket = { type: "aws:s3/bucketV2:BucketV2", name: "logs", props: {} };
    const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
    const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    const block = { type, name: "block", props: { bucket: unknownValue, ...all } };
    const names = async (from?: Record<string, string>) =>
      (await analyzeStack([bucket, { ...block, from }]))
        .map(([name]: string[]) => name)
        .filter((name: string) => name.includes("block"));
    assert.deepEqual(await names({ bucket: "logs" }), []);
    assert.deepEqual(await names({ bucket: "block" }), ["s3-bucket-require-public-access-block"]);
  });
});
