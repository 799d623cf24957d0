import { ContainerFunction } from "../../components/function/container-function.ts";
import type { RolloutArgs } from "../../components/delivery/rollout.ts";
import { awsPorts, type Connect } from "../../components/delivery/shift/aws-ports.ts";
import { stepwise } from "../../components/delivery/stepwise.ts";
import { fakeAws, type FakeAws } from "../aws/server.ts";
import { World } from "../aws/world.ts";
import { eventually } from "../eventually.ts";
import { imageUri, place } from "./program.ts";
import { accountIn } from "./rollout-account.ts";
import { sandboxes, type Sandbox } from "./sandbox.ts";

/** Seconds of the hook in milliseconds here. */
const secondMillis = 2;

/** The hook's ports on the fake AWS, by the real clients; its clock goes by what it slept. */
export const connect: Connect = (site, say) => {
  let slept = 0;
  const sleep = (seconds: number) => {
    slept += seconds * 1000;
    return new Promise<void>((resolve) => setTimeout(resolve, seconds * secondMillis));
  };
  return { ...awsPorts({ ...site, sleep }, say), now: () => Date.now() + slept, sleep };
};

export interface Variant {
  memoryMiB?: number;
  rollout?: Partial<RolloutArgs>;
}

/** A program with one function behind a rollout. Another `memoryMiB` publishes another version. */
export const rolledOut = ({ memoryMiB = 512, rollout = {} }: Variant = {}) => {
  const shift = stepwise("patients", { place, connect, ...rollout });
  return () =>
    Promise.resolve(new ContainerFunction("patients", { place, part: "patients", imageUri, memoryMiB, shift })).then(
      () => undefined,
    );
};

export const alarm = "slipway-dev-patients-new-errors";

/** The APIs that rollouts call, on the cloud of each test's sandbox: this process and all it starts speak to them. */
export function rolloutApis(lane: { readonly box: Sandbox }) {
  const found: { world?: World; aws?: FakeAws } = {};
  const outside: Record<string, string | undefined> = {};
  beforeEach(async () => {
    found.world = new World(accountIn(lane.box.cloud));
    found.aws = await fakeAws(found.world);
    for (const [key, value] of Object.entries(found.aws.env)) {
      outside[key] = process.env[key];
      process.env[key] = value;
    }
  });
  afterEach(() => {
    found.aws?.close();
    for (const [key, value] of Object.entries(outside)) {
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
    }
  });
  return {
    get world() {
      return found.world!;
    },
    /** What the alias `live` of a function serves. */
    live: (functionName = "slipway-dev-patients") => accountIn(lane.box.cloud).alias(functionName, "live"),
    /**
     * Holds every execution when it reads the alarms, once the traffic has been moved so many times, until the returned function
     * is called.
     */
    held(moves: number): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      const { world } = found;
      world!.before = async (call) => {
        const moved = world!.moves.length + (world!.slots?.moves.length ?? 0);
        if (call === "describeAlarms" && moved === moves) await promise;
      };
      return resolve;
    },
  };
}

/** A sandbox per test with one function behind a rollout, and the APIs that rollouts call. */
export function rolloutLane() {
  const lane = sandboxes();
  const apis = rolloutApis(lane);
  return {
    get box() {
      return lane.box;
    },
    get world() {
      return apis.world;
    },
    live: apis.live,
    held: apis.held,
    /** The stack with version 1 of the function live. */
    async deployed(variant?: Variant) {
      const stack = await lane.box.stack("dev", rolledOut(variant));
      await stack.up();
      lane.box.cloud.drain();
      return stack;
    },
  };
}

/** Options of an update that calls `act` once it has said `words`, in however many pieces they come. */
export function onceSaid(words: string, act: () => void): { onOutput: (text: string) => void } {
  let said = "";
  return { onOutput: (text) => void ((said += text).includes(words) && act()) };
}

/** Resolves when `met`; fails after minutes: the engine on a busy machine takes its time. */
export const until = (met: () => boolean | Promise<boolean>): Promise<void> => eventually(met);
