import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
  ClusterNotFoundException,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { SFNClient } from "@aws-sdk/client-sfn";
import { slotMachineName } from "../components/delivery/machine-names.ts";
import { stepFunctions } from "../components/delivery/shift/aws-executions.ts";
import { slotTraffic } from "../components/delivery/shift/aws-slots.ts";
import { stateMachineArn, taskFamilyArn } from "../components/iam/arns.ts";
import { physicalName, type Place } from "../components/names.ts";
import { slotNames } from "../components/service/slots.ts";
import { keptImage } from "./image.ts";
import type { Service } from "./service.ts";
import type { StackFile } from "./stack-file.ts";

/** Last part of the name of the cluster that all services of a stack run in. */
const cluster = "fleet";

/** A service in two slots on Fargate; undefined when there is none. */
export async function findSlots(file: StackFile, service: string): Promise<Service | undefined> {
  const settings = { region: file.region };
  const tasks = new ECSClient(settings);
  const balancing = new ElasticLoadBalancingV2Client(settings);
  const machines = new SFNClient(settings);
  const named = (part: string) => physicalName({ ...file, partition: "aws", accountId: "" }, part);
  const names = slotNames.map((slot) => named(`${service}-${slot}`));
  const asked = new DescribeServicesCommand({ cluster: named(cluster), services: names });
  const found = await tasks.send(asked).catch((error: Error) => {
    if (error instanceof ClusterNotFoundException) return undefined;
    throw error;
  });
  const active = found?.services?.filter(({ status }) => status === "ACTIVE") ?? [];
  if (active.length < names.length) return undefined;
  const [, partition = "", , , accountId = ""] = active[0]!.serviceArn!.split(":");
  const place: Place = { ...file, partition, accountId };
  const family = physicalName(place, service);
  const machineArn = stateMachineArn(place, slotMachineName(place, service));
  const shifts = stepFunctions(machines, machineArn);
  const sleep = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));
  const traffic = slotTraffic({ machines, tasks, balancing }, { machineArn, executions: shifts, sleep });
  return {
    ...{ service, physicalName: family, place, machineArn, traffic, shifts },
    alarms: new CloudWatchClient(settings),
    async image(version) {
      const taskDefinition = `${taskFamilyArn(place, family)}:${version}`;
      const { taskDefinition: task } = await tasks.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      const container = task!.containerDefinitions!.find(({ name }) => name === "service");
      return keptImage(container!.image!, settings);
    },
    async giveAll(version) {
      const serving = await traffic.serving();
      if (serving) await traffic.giveAll(version, serving);
    },
    // The load balancer asks every task for its health; what it calls healthy has answered 200.
    async health() {
      const { idle } = (await traffic.serving()) ?? {};
      const live = active.find(({ serviceName }) => serviceName !== named(`${service}-${idle}`));
      const [balanced] = live?.loadBalancers ?? [];
      const { TargetHealthDescriptions = [] } = await balancing.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: balanced?.targetGroupArn }),
      );
      return TargetHealthDescriptions.some(({ TargetHealth }) => TargetHealth?.State === "healthy") ? 200 : undefined;
    },
  };
}
