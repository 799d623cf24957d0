import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ClientException,
  UpdateServiceCommand,
  type ECSClient,
  type Service,
} from "@aws-sdk/client-ecs";
import {
  DescribeRulesCommand,
  ModifyRuleCommand,
  type ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeStateMachineCommand, StateMachineDoesNotExist, type SFNClient } from "@aws-sdk/client-sfn";
import { slotNames, type SlotName } from "../../service/slots.ts";
import { slotsIn } from "../slot-target.ts";
import type { Executions, Serving, ShiftPorts, Traffic } from "./ports.ts";

/** Clients of what two slots are made of. */
export interface SlotClients {
  machines: Pick<SFNClient, "send">;
  tasks: Pick<ECSClient, "send">;
  balancing: Pick<ElasticLoadBalancingV2Client, "send">;
}

interface SlotNow {
  slot: SlotName;
  service: string;
  group: string;
  /** Revision of the task family, by its number. */
  version: string;
  weight: number;
  tasks: number;
  loaded: boolean;
}

const lookSeconds = 15;
/** As long as any other deployment may take to start. */
const mostLooks = (20 * 60) / lookSeconds;

/**
 * The traffic of two slots. Where they are is read from the definition of the state machine, so that it and whoever takes over from it
 * act on the same things.
 */
export function slotTraffic(
  { machines, tasks, balancing }: SlotClients,
  {
    machineArn,
    executions,
    sleep,
  }: { machineArn: string; executions: Pick<Executions, "all">; sleep: ShiftPorts["sleep"] },
): Traffic {
  const site = async () => {
    const asked = new DescribeStateMachineCommand({ stateMachineArn: machineArn });
    const found = await machines.send(asked).catch(noneIf(StateMachineDoesNotExist));
    return found && slotsIn(found.definition!);
  };
  type Site = NonNullable<Awaited<ReturnType<typeof site>>>;

  /** Both slots as they are. */
  const slotsNow = async (at: Site): Promise<SlotNow[]> => {
    const { Rules = [] } = await balancing.send(new DescribeRulesCommand({ RuleArns: [at.ruleArn] }));
    const groups = Rules[0]?.Actions?.find(({ Type }) => Type === "forward")?.ForwardConfig?.TargetGroups ?? [];
    const names = slotNames.map((slot) => at[slot].service);
    const { services = [] } = await tasks.send(
      new DescribeServicesCommand({ cluster: at.clusterName, services: names }),
    );
    return slotNames.map((slot) => {
      const { service, group } = at[slot];
      const found = services.find(({ serviceName }) => serviceName === service);
      const weight = groups.find(({ TargetGroupArn }) => TargetGroupArn === group)?.Weight ?? 0;
      return { slot, service, group, weight, ...revisionIn(found) };
    });
  };
  const weigh = async ({ ruleArn }: Site, slots: readonly SlotNow[], only: SlotNow) => {
    const TargetGroups = slots.map(({ slot, group }) => ({
      TargetGroupArn: group,
      Weight: slot === only.slot ? 100 : 0,
    }));
    const Actions = [{ Type: "forward" as const, Order: 1, ForwardConfig: { TargetGroups } }];
    await balancing.send(new ModifyRuleCommand({ RuleArn: ruleArn, Actions }));
  };
  const resize = (at: Site, { service }: SlotNow, desiredCount: number, taskDefinition?: string) =>
    tasks.send(
      new UpdateServiceCommand({
        ...{ cluster: at.clusterName, service, desiredCount },
        ...(taskDefinition && { taskDefinition, forceNewDeployment: true }),
      }),
    );
  /** Loads a version that no slot has tasks of into the one without traffic, and waits for it. */
  const loaded = async (at: Site, slots: readonly SlotNow[], version: string): Promise<SlotNow> => {
    const [idle, live] = [...slots].sort((a, b) => a.weight - b.weight) as [SlotNow, SlotNow];
    await resize(at, idle, Math.max(live.tasks, 1), `${at.familyArn}:${version}`);
    for (let look = 0; look < mostLooks; look++) {
      const now = (await slotsNow(at)).find(({ slot }) => slot === idle.slot)!;
      if (now.version !== version) throw new Error(`ECS could not start the tasks of version ${version}`);
      if (now.loaded) return now;
      await sleep(lookSeconds);
    }
    throw new Error(`the tasks of version ${version} are not healthy after 20 minutes`);
  };

  const served = async (slots: readonly SlotNow[]): Promise<Serving | undefined> => {
    const [main, ...rest] = await inOrder(slots, executions);
    const idle = slots.find((slot) => slot !== main)!.slot;
    return main && servingOf(main, rest, idle);
  };

  return {
    async serving() {
      const at = await site();
      if (!at) return undefined;
      return served(await slotsNow(at));
    },
    async exists(version) {
      const at = await site();
      const taskDefinition = `${at?.familyArn}:${version}`;
      const asked = new DescribeTaskDefinitionCommand({ taskDefinition });
      const found = await tasks.send(asked).catch(noneIf(ClientException));
      return found?.taskDefinition?.status === "ACTIVE";
    },
    async giveAll(version, seen) {
      const at = await site();
      if (!at) throw new Error(`${machineArn} does not exist`);
      const slots = await slotsNow(at);
      const now = await served(slots);
      if (now?.version !== seen.version || String(Object.keys(now.weights)) !== String(Object.keys(seen.weights)))
        throw new Error("somebody else has moved the traffic meanwhile");
      const running = slots.filter(
        (slot) => slot.version === version && slot.tasks > 0 && (slot.loaded || slot.weight > 0),
      );
      const to = running.sort((a, b) => b.weight - a.weight)[0] ?? (await loaded(at, slots, version));
      await weigh(at, slots, to);
      for (const other of slots) if (other.slot !== to.slot && other.tasks > 0) await resize(at, other, 0);
    },
  };
}

/** The slots with traffic, first the one whose it is: where it is divided, the one that the last shift came from, else the larger. */
async function inOrder(slots: readonly SlotNow[], executions: Pick<Executions, "all">): Promise<SlotNow[]> {
  const having = slots.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  if (having.length < 2) return having;
  const [last] = (await executions.all()).sort((a, b) => b.startedAt - a.startedAt);
  return having.sort((a, b) => Number(b.version === last?.input.from) - Number(a.version === last?.input.from));
}

function servingOf(main: SlotNow, rest: readonly SlotNow[], idle: SlotName): Serving {
  const sum = rest.reduce((total, { weight }) => total + weight, main.weight);
  const weights = Object.fromEntries(rest.map(({ version, weight }) => [version, weight / sum]));
  return { version: main.version, weights, idle };
}

function revisionIn(service: Service | undefined): Pick<SlotNow, "version" | "tasks" | "loaded"> {
  const primary = service?.deployments?.find(({ status }) => status === "PRIMARY");
  const taskDefinition = primary?.taskDefinition ?? service?.taskDefinition ?? "";
  const loaded = primary?.rolloutState === "COMPLETED";
  return { version: taskDefinition.split(":").at(-1)!, tasks: service?.desiredCount ?? 0, loaded };
}

const noneIf = (kind: new (...args: never[]) => Error) => (error: unknown) => {
  if (error instanceof kind) return undefined;
  throw error;
};
