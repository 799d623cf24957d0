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
import type { Clock } from "../components/delivery/shift/clock.ts";
import { stepFunctions } from "../components/delivery/shift/aws-executions.ts";
import { slotTraffic } from "../components/delivery/shift/aws-slots.ts";
import { stateMachineArn, taskFamilyArn } from "../components/iam/arns.ts";
import { physicalName, type Place } from "../components/names.ts";
import { slotNames } from "../components/service/slots.ts";
import { keptImage } from "./image.ts";
import type { Service } from "./service.ts";

/** Last part of the name of the cluster that all services of a stack run in. */
const cluster = "fleet";

/** A service in two slots on Fargate; undefined when there is none. */
export async function findSlots(place: Place, service: string, { sleep }: Clock): Promise<Service | undefined> {
  const settings = { region: place.region };
  const tasks = new ECSClient(settings);
  const balancing = new ElasticLoadBalancingV2Client(settings);
  const machines = new SFNClient(settings);
  const named = (part: string) => physicalName(place, part);
  const names = slotNames.map((slot) => named(`${service}-${slot}`));
  const asked = new DescribeServicesCommand({ cluster: named(cluster), services: names });
  const found = await tasks.send(asked).catch((error: Error) => {
    if (error instanceof ClusterNotFoundException) return undefined;
    throw error;
  });
  const active = found?.services?.filter(({ status }) => status === "ACTIVE") ?? [];
  if (active.length < names.length) return undefined;
  const family = physicalName(place, service);
  const machineArn = stateMachineArn(place, slotMachineName(place, service));
  const shifts = stepFunctions(machines, machineArn);
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
    giveAll: (version, _description, seen) => traffic.giveAll(version, seen),
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
    askHealth: () =>
      `aws ecs describe-services --region ${place.region} --cluster ${named(cluster)} --services ${names.join(" ")}`,
  };
}
