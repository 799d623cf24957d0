import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ClientException,
  UpdateServiceCommand,
  type ECSClient,
} from "@aws-sdk/client-ecs";
import {
  DescribeRulesCommand,
  ModifyRuleCommand,
  type ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeStateMachineCommand, StateMachineDoesNotExist, type SFNClient } from "@aws-sdk/client-sfn";
import { slotNames } from "../../service/slots.ts";
import { slotsIn } from "../slot-target.ts";
import type { Execution, Executions, Serving, ShiftPorts, Traffic } from "./ports.ts";
import { answers, byWeight, keeperOf, mainFirst, revisionIn, servingOf, type SlotNow } from "./slot-now.ts";

/** Clients of what two slots are made of. */
export interface SlotClients {
  machines: Pick<SFNClient, "send">;
  tasks: Pick<ECSClient, "send">;
  balancing: Pick<ElasticLoadBalancingV2Client, "send">;
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
  const weigh = async (at: Site, only: SlotNow) => {
    const { ruleArn } = at;
    const TargetGroups = slotNames.map((slot) => ({
      TargetGroupArn: at[slot].group,
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
  /** Loads a version that no slot can answer with, and waits for it. No slot is loaded while it has traffic and the other could have it. */
  const loaded = async (at: Site, slots: readonly SlotNow[], version: string): Promise<SlotNow> => {
    const keeper = keeperOf(slots, await latestOf(executions));
    const asleep = slots.find((slot) => slot.version === version && slot.weight > 0 && slot.tasks === 0);
    const into = asleep ?? slots.find(({ slot }) => slot !== keeper.slot)!;
    if (into !== asleep && into.weight > 0) await weigh(at, keeper);
    const wanted = Math.max(...slots.map((slot) => slot.tasks), at.minTasks);
    await resize(at, into, wanted, `${at.familyArn}:${version}`);
    for (let look = 0; look < mostLooks; look++) {
      const now = (await slotsNow(at)).find(({ slot }) => slot === into.slot)!;
      if (now.version !== version) throw new Error(`ECS could not start the tasks of version ${version}`);
      // Whoever gives everything to the other slot stops this one.
      if (now.tasks === 0) await resize(at, into, wanted);
      else if (now.loaded) return now;
      await sleep(lookSeconds);
    }
    throw new Error(`the tasks of version ${version} are not healthy after 20 minutes`);
  };

  const served = async (slots: readonly SlotNow[], clusterName: string): Promise<Serving | undefined> => {
    const having = slots.filter(({ weight }) => weight > 0);
    const [main, ...rest] = having.length < 2 ? having : mainFirst(having, await latestOf(executions));
    const idle = slots.find((slot) => slot !== main)!;
    const { service, tasks: left } = idle;
    const spare = idle.weight === 0 && left > 0 ? { clusterName, service, tasks: left } : undefined;
    return main && { ...servingOf(main, rest, idle.slot), ...(spare && { spare }) };
  };

  return {
    async serving() {
      const at = await site();
      if (!at) return undefined;
      return served(await slotsNow(at), at.clusterName);
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
      const now = seen && (await served(slots, at.clusterName));
      if (now?.version !== seen?.version || String(weighted(now)) !== String(weighted(seen)))
        throw new Error("somebody else has moved the traffic meanwhile");
      const [ready] = slots.filter((slot) => slot.version === version && answers(slot)).sort(byWeight);
      const to = ready ?? (await loaded(at, slots, version));
      await weigh(at, to);
      for (const other of slots) if (other.slot !== to.slot && other.tasks > 0) await resize(at, other, 0);
    },
  };
}

const weighted = (serving: Serving | undefined) => Object.keys(serving?.weights ?? {});

const latestOf = async (executions: Pick<Executions, "all">): Promise<Execution | undefined> =>
  (await executions.all()).sort((a, b) => b.startedAt - a.startedAt)[0];

const noneIf = (kind: new (...args: never[]) => Error) => (error: unknown) => {
  if (error instanceof kind) return undefined;
  throw error;
};
