import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output.js";
import { answerTo, type Answers } from "./answers.ts";
import "./loopback.ts";

/** What stands for a value that only AWS knows, as on the engine's own wire. */
export const unknownValue: string = pulumi.runtime.unknownValue;

/** One resource as the program registered it. */
export interface Node {
  /** Type token, for example `aws:lambda/function:Function`. */
  type: string;
  /** Logical name. */
  name: string;
  /** Logical name of the parent; the stack itself has none. */
  parent?: string;
  /** Inputs as plain data: secrets opened and listed in `secretInputs`, unknown values as `unknownValue`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the provider's, not ours
  inputs: Record<string, any>;
  /** Names of the inputs that are secret. */
  secretInputs: string[];
  /** The physical id and the outputs that stand in for AWS's answer; empty at preview. */
  id: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the provider's, not ours
  outputs: Record<string, any>;
  /** The resource options that change what the engine does. */
  options: NodeOptions;
}

export interface NodeOptions {
  protect?: boolean;
  retainOnDelete?: boolean;
  deleteBeforeReplace?: boolean;
  ignoreChanges?: string[];
  /** How long the provider waits, such as `60m`. */
  customTimeouts?: pulumi.CustomTimeouts;
}

export interface GraphOptions {
  project?: string;
  stack?: string;
  /** Stack configuration, keys with their namespace: `aws:region`. */
  config?: Record<string, string>;
  /** Record what a preview sees: outputs unknown, ids empty. */
  preview?: boolean;
  /** Overrides for single answers of AWS, by type. */
  answers?: Answers;
}

/** What a program registered, and what it returned as stack outputs. */
export interface Graph {
  nodes: Node[];
  outputs: Record<string, unknown>;
}

/** Everything `program` registers, as plain data: no engine, no cloud, nothing left to `apply`. Runs one at a time. Fails as the program does. */
export function graph(program: () => unknown, options: GraphOptions = {}): Promise<Graph> {
  const run = previous.then(() => record(program, options));
  previous = run.catch(() => undefined);
  return run;
}

/** The inputs of every node of one type. */
export const inputsOf = (nodes: Node[], type: string) => nodes.filter((n) => n.type === type).map((n) => n.inputs);

/** The one node of a type; fails when there are none or several. */
export function only(nodes: Node[], type: string): Node {
  const found = nodes.filter((n) => n.type === type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0]!;
}

// The Pulumi runtime keeps its mocks and configuration in module state, so recordings queue up behind each other.
let previous: Promise<unknown> = Promise.resolve();

async function record(program: () => unknown, options: GraphOptions): Promise<Graph> {
  const { project = "slipway", stack = "test", preview = false } = options;
  const nodes: Node[] = [];
  const seen = new Map<string, Pick<Node, "parent" | "options">>();

  const newResource = ({ type, name, inputs, id, custom }: pulumi.runtime.MockResourceArgs) => {
    const plain = plainInputs(inputs);
    const answer = preview ? { id: "", state: {} } : answerTo(type, name, plain, options.answers);
    // A component has no id; one that runs in a provider, such as awsx.ec2.Vpc, still answers with outputs.
    const known = custom === false ? { ...answer, id: "" } : answer;
    nodes.push({
      type,
      name,
      inputs: plain,
      secretInputs: Object.keys(inputs).filter((key) => isSecret(inputs[key])),
      id: id || known.id,
      outputs: { ...plain, ...known.state },
      ...(seen.get(`${type} ${name}`) ?? { options: {} }),
    });
    return { id: id || known.id, state: { ...inputs, ...known.state } };
  };
  const call = ({ token, inputs }: pulumi.runtime.MockCallArgs) => answerTo(token, "", inputs, options.answers).state;

  // The runtime writes down where each of its promises comes from, which costs more than the recording. One frame is enough to find a mistake.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Math.min(stackTraceLimit, 1);
  pulumi.runtime.setAllConfig(options.config ?? {}, []);
  await pulumi.runtime.setMocks({ newResource, call }, project, stack, preview);
  acceptHooks();
  let outputs: Record<string, unknown> = {};
  let failure: { error: unknown } | undefined;
  // What throws inside an apply is nobody's promise: the engine's own host listens like this, too.
  let lost: { error: unknown } | undefined;
  const lose = (error: unknown) => void (lost ??= { error });
  process.on("unhandledRejection", lose);
  try {
    const returned = await pulumi.runtime.runInPulumiStack(async () => {
      // The mock monitor hides parents and options; a transformation on the client's side sees them.
      pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
        seen.set(`${type} ${name}`, optionsOf(opts));
        return undefined;
      });
      // The runtime would report a throwing program a second time, as an unhandled rejection.
      return Promise.resolve()
        .then(program)
        .catch((error: unknown) => {
          failure = { error };
        });
    });
    outputs = plainInputs(returned ?? {});
  } finally {
    await pulumi.runtime.disconnect();
    await new Promise(setImmediate);
    process.off("unhandledRejection", lose);
    Error.stackTraceLimit = stackTraceLimit;
  }
  failure ??= lost;
  if (failure) throw failure.error;
  return { nodes: nodes.filter(({ type }) => type !== "pulumi:pulumi:Stack"), outputs };
}

/** The mock monitor says that it knows hooks and then has no method for them; none is ever called here. */
function acceptHooks(): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Record<string, unknown>;
  monitor.registerResourceHook = (_request: unknown, done: (error: null, answer: object) => void) => done(null, {});
}

function optionsOf(opts: pulumi.ResourceOptions): Pick<Node, "parent" | "options"> {
  const { protect, retainOnDelete, ignoreChanges, customTimeouts } = opts;
  const { deleteBeforeReplace } = opts as pulumi.CustomResourceOptions;
  const options = Object.fromEntries(
    Object.entries({ protect, retainOnDelete, deleteBeforeReplace, ignoreChanges, customTimeouts }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const parent = opts.parent && (opts.parent as unknown as { __name: string; __pulumiType: string });
  return {
    ...(parent && parent.__pulumiType !== pulumi.runtime.rootPulumiStackTypeName && { parent: parent.__name }),
    options,
  };
}

const secretKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

function isSecret(value: unknown): value is { value: unknown } {
  return (
    typeof value === "object" && value !== null && (value as Record<string, unknown>)[secretKey] === secretSignature
  );
}

function plainInputs(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (value === unknown) return unknownValue;
  if (isSecret(value)) return plainValue(value.value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (value === null || typeof value !== "object") return value;
  if (pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value)) return value;
  return plainInputs(value as Record<string, unknown>);
}
