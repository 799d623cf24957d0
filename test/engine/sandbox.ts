import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { ownConnections } from "./channels.ts";
import { findEngine, root, type Engine } from "./cli.ts";
import { Cloud } from "./cloud.ts";
import { providerPackages } from "./host/packages.ts";
import { attachedProvider } from "./provider.ts";
import { runningIn } from "./session.ts";

/** What one run of the plain CLI said and how it ended. */
export interface Run {
  code: number | null;
  stdout: string;
  /** Both streams together. */
  output: string;
}

/** A cloud, a state backend and an engine of one's own: nothing in it outlives `close`, nothing outside is touched. */
export interface Sandbox {
  cloud: Cloud;
  /** Its folder: state in `state`, the CLI's own files in `home`. */
  directory: string;
  /** A new stack of `program`, run in this process by the Automation API. Configuration keys carry their namespace. */
  stack(name: string, program: PulumiFn, config?: Record<string, string>): Promise<Stack>;
  /** A folder in which the checkout's own project can be run without a trace in the checkout. */
  project(): string;
  /** Runs the plain CLI in `folder`, without a terminal. */
  pulumi(folder: string, ...args: string[]): Promise<Run>;
  /** Starts the plain CLI in `folder`; `crash` ends it and everything it started, without a chance to tidy up. */
  start(folder: string, ...args: string[]): { run: Promise<Run>; crash(): void };
  /** Ends every process started, cuts the providers off and removes the folder. */
  close(): void;
}

/**
 * Gives every test of the surrounding `describe` a sandbox of its own. Where no engine can be had, the tests are skipped
 * with the reason; on CI they fail, because CI requires them.
 */
export function sandboxes(): { readonly box: Sandbox } {
  const found: { engine?: Engine; box?: Sandbox } = {};
  before(function () {
    ownConnections();
    const engine = findEngine();
    if (typeof engine !== "string") {
      found.engine = engine;
      return;
    }
    if (process.env.CI) throw new Error(`the engine lane is required here: ${engine}`);
    console.error(`skipped the real engine: ${engine}`);
    this.skip();
  });
  beforeEach(async () => {
    found.box = await open(found.engine!);
  });
  afterEach(() => found.box?.close());
  return {
    get box() {
      return found.box!;
    },
  };
}

async function open(engine: Engine): Promise<Sandbox> {
  const cloud = new Cloud();
  const directory = mkdtempSync(join(tmpdir(), "slipway-engine-"));
  const packages = providerPackages(root);
  const providers = await Promise.all(packages.map(({ name, version }) => attachedProvider(name, version, cloud)));
  for (const folder of ["state", "home", "work", "bin"]) mkdirSync(join(directory, folder));
  // The Automation API wants the CLI in a folder of this name, wherever it was installed.
  symlinkSync(engine.command, join(directory, "bin", "pulumi"));
  // The engine looks whether a plugin is installed before it attaches to the running one, and would download it.
  for (const { name, version } of packages)
    mkdirSync(join(directory, "home", "plugins", `resource-${name}-v${version}`), { recursive: true });

  const env = {
    PATH: engine.path,
    PULUMI_HOME: join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "only for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    // Gives the CLI its flag --event-log, which the Automation API uses as well.
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DEBUG_PROVIDERS: packages.map(({ name }, at) => `${name}:${providers[at]!.port}`).join(","),
    NODE_COMPILE_CACHE: join(root, ".cache", "engine", "compiled"),
  };
  const children = new Set<ChildProcess>();

  return {
    cloud,
    directory,
    stack: (name, program, config = {}) => inlineStack(directory, env, name, program, config),
    project: () => linkedProject(join(directory, "project")),
    pulumi: (folder, ...args) => startCli(engine, env, children, folder, args).run,
    start: (folder, ...args) => startCli(engine, env, children, folder, args),
    close() {
      for (const child of children) end(child);
      for (const provider of providers) provider.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function inlineStack(
  directory: string,
  envVars: Record<string, string>,
  stackName: string,
  program: PulumiFn,
  config: Record<string, string>,
): Promise<Stack> {
  const pulumiCommand = await PulumiCommand.get({ root: directory, skipVersionCheck: true });
  const options = { workDir: join(directory, "work"), envVars, pulumiCommand };
  const stack = await LocalWorkspace.createStack({ stackName, projectName: "slipway", program }, options);
  await stack.setAllConfig(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])));
  return stack;
}

/** Everything of the checkout by link, except the files the CLI writes to: those are copies. */
function linkedProject(folder: string): string {
  mkdirSync(folder);
  for (const name of readdirSync(root).filter((entry) => !entry.startsWith("."))) {
    if (/^Pulumi(\..+)?\.yaml$/.test(name)) cpSync(join(root, name), join(folder, name));
    else symlinkSync(join(root, name), join(folder, name));
  }
  return folder;
}

/** The process and all it started: each runs in a session, and a group, of its own. */
function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const target of [-pid, ...runningIn(pid)]) {
    try {
      process.kill(target, "SIGKILL");
    } catch {
      // It is gone already.
    }
  }
}

function startCli(
  engine: Engine,
  env: Record<string, string>,
  children: Set<ChildProcess>,
  cwd: string,
  args: string[],
): ReturnType<Sandbox["start"]> {
  const child = spawn(engine.command, [...args, "--non-interactive", "--color=never"], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  children.add(child);
  let [stdout, output] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (output += text));
  const run = new Promise<Run>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      children.delete(child);
      resolve({ code, stdout, output });
    });
  });
  return { run, crash: () => end(child) };
}
