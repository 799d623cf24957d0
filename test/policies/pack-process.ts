/* eslint-disable @typescript-eslint/no-explicit-any -- the generated classes of the protocol carry no types */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as grpc from "@grpc/grpc-js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import "../../local/loopback.ts";

const folder = fileURLToPath(new URL("../../policies", import.meta.url));
const launcher = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** Names of the engine's enforcement levels, by number. */
export const level = Object.fromEntries(
  Object.entries(analyzer.EnforcementLevel).map(([name, number]) => [number, name.toLowerCase()]),
);

/** The pack in a process of its own, as the engine starts it, for the tests of one `describe`. */
export function packProcess() {
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
    // With a connection of its own: an earlier pack's may have had the same port, and its failure would be this one's.
    const own = { "grpc.use_local_subchannel_pool": 1 };
    const address = `127.0.0.1:${String(port).trim()}`;
    client = new (analyzerGrpc as any).AnalyzerClient(address, grpc.credentials.createInsecure(), own);
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
  return { call, analyze, analyzeStack, configure };
}
