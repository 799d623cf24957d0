// The engine's partner for Node programs, for engines that come without the official one. It speaks the same protocol and
// starts the program by the SDK's own runner, so the program notices no difference.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type messages from "@pulumi/pulumi/proto/language_pb.js";
import pb from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import service from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { manifestOf, providerPackages, resolveFrom } from "./packages.ts";

/** The runner's exit code for an error it has already reported through the engine. */
const reported = 32;

const engineAddress = process.argv.at(-1)!;

function answering<Request, Response>(
  answer: (request: Request) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
      );
  };
}

function requiredPackages({ info }: { info: messages.ProgramInfo | undefined }): messages.GetRequiredPackagesResponse {
  const response = new pb.GetRequiredPackagesResponse();
  for (const { name, version } of providerPackages(info!.getProgramDirectory())) {
    response.addPackages(new plugin.PackageDependency().setName(name).setKind("resource").setVersion(`v${version}`));
  }
  return response;
}

function run(request: messages.RunRequest): Promise<messages.RunResponse> {
  const info = request.getInfo()!;
  const program = resolve(info.getProgramDirectory(), info.getEntryPoint() || ".");
  const options = (info.getOptions()?.toJavaScript() ?? {}) as { typescript?: boolean; nodeargs?: string };
  const flags: Record<string, string | undefined> = {
    "--monitor": request.getMonitorAddress(),
    "--engine": engineAddress,
    "--organization": request.getOrganization() || undefined,
    "--project": request.getProject(),
    "--root-directory": info.getRootDirectory(),
    "--stack": request.getStack(),
    "--pwd": request.getPwd() || info.getProgramDirectory(),
    "--parallel": String(request.getParallel()),
  };
  const args = [
    ...(options.nodeargs?.split(/\s+/) ?? []),
    resolveFrom(info.getProgramDirectory(), "@pulumi/pulumi/cmd/run"),
    ...Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    program,
    ...request.getArgsList(),
  ];
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false),
  };
  const child = spawn(process.execPath, args, {
    cwd: info.getProgramDirectory(),
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((done) => {
    const failed = (text: string) => done(new pb.RunResponse().setError(text));
    child.on("error", (error) => failed(`cannot start the program: ${error.message}`));
    child.on("exit", (code, signal) => {
      if (code === 0) done(new pb.RunResponse());
      else if (code === reported) done(new pb.RunResponse().setBail(true));
      else failed(`the program ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
server.addService(service.LanguageRuntimeService, {
  handshake: answering(() => new pb.LanguageHandshakeResponse()),
  getPluginInfo: answering(() =>
    new plugin.PluginInfo().setVersion(manifestOf(process.cwd(), "@pulumi/pulumi").version),
  ),
  getRequiredPackages: answering((request: messages.GetRequiredPackagesRequest) =>
    requiredPackages({ info: request.getInfo() }),
  ),
  getRequiredPlugins: answering(() => new pb.GetRequiredPluginsResponse()),
  getProgramDependencies: answering(() => new pb.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: answering(() => new pb.RuntimeOptionsResponse()),
  about: answering(() => new pb.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
  cancel: answering(() => new empty.Empty()),
  run: answering(run),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // The engine reads the port from the first line; when the engine goes, its end of our input closes.
  console.log(port);
  process.stdin.on("end", () => process.exit()).resume();
});
