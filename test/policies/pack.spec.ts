import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as grpc from "@grpc/grpc-js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { unknownValue } from "../../local/graph.ts";
import { catalogue } from "../../policies/catalogue.ts";
import { levelOf, optionsOf } from "../../policies/rule.ts";

const folder = fileURLToPath(new URL("../../policies", import.meta.url));
const launcher = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");
const level = Object.fromEntries(
  Object.entries(analyzer.EnforcementLevel).map(([name, number]) => [number, name.toLowerCase()]),
);

describe("the pack in the engine's process", function () {
  let pack: ChildProcess;
  let client: any;
  const call = (method: string, request: any): Promise<any> =>
    new Promise((resolve, reject) => {
      client[method](request, (error: Error | null, answer: any) => (error ? reject(error) : resolve(answer)));
    });

  before(async () => {
    // The engine's launcher starts it in the pack's folder, with its own address first and the runtime options last.
    pack = spawn(process.execPath, [launcher, "127.0.0.1:1", ".", "-typescript=false"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(pack.stdout!, "data")) as [Buffer];
    client = new (analyzerGrpc as any).AnalyzerClient(
      `127.0.0.1:${String(port).trim()}`,
      grpc.credentials.createInsecure(),
    );
  });

  after(async () => {
    client.close();
    pack.kill();
    await once(pack, "exit");
  });

  const options = (protect = false) => {
    const given = new analyzer.AnalyzerResourceOptions();
    given.setProtect(protect);
    return given;
  };
  const analyze = async (type: string, props: object) => {
    const request = new analyzer.AnalyzeRequest();
    request.setType(type);
    request.setName("it");
    request.setUrn(`urn:pulumi:dev::slipway::${type}::it`);
    request.setProperties(struct.Struct.fromJavaScript(props as any));
    request.setOptions(options(true));
    return said(await call("analyze", request));
  };
  const analyzeStack = async (
    resources: { type: string; name: string; props: object; from?: Record<string, string> }[],
  ) => {
    const request = new analyzer.AnalyzeStackRequest();
    const urn = (name: string) =>
      `urn:pulumi:dev::slipway::${resources.find((one) => one.name === name)!.type}::${name}`;
    for (const { type, name, props, from = {} } of resources) {
      const one = new analyzer.AnalyzerResource();
      one.setType(type);
      one.setName(name);
      one.setUrn(urn(name));
      one.setProperties(struct.Struct.fromJavaScript(props as any));
      one.setOptions(options());
      for (const [property, source] of Object.entries(from)) {
        const dependencies = new analyzer.AnalyzerPropertyDependencies();
        dependencies.setUrnsList([urn(source)]);
        one.getPropertydependenciesMap().set(property, dependencies);
      }
      request.addResources(one);
    }
    return said(await call("analyzeStack", request));
  };
  const said = (answer: any) =>
    answer
      .getDiagnosticsList()
      .map((one: any) => [one.getPolicyname(), level[one.getEnforcementlevel()], one.getMessage(), one.getUrn()]);
  const configure = async (config: Record<string, { level?: number; props?: object }>) => {
    const request = new analyzer.ConfigureAnalyzerRequest();
    for (const [rule, { level = analyzer.EnforcementLevel.ADVISORY, props = {} }] of Object.entries(config)) {
      const own = new analyzer.PolicyConfig();
      own.setEnforcementlevel(level);
      own.setProperties(struct.Struct.fromJavaScript(props as any));
      request.getPolicyconfigMap().set(rule, own);
    }
    await call("configure", request);
  };
  afterEach(() => configure({}));

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
