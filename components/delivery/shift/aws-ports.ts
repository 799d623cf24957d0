import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient } from "@aws-sdk/client-sfn";
import { functionArn, stateMachineArn } from "../../iam/arns.ts";
import type { Place } from "../../names.ts";
import { alarmStates } from "./aws-alarms.ts";
import { stepFunctions } from "./aws-executions.ts";
import { slotTraffic } from "./aws-slots.ts";
import { aliasTraffic } from "./aws-traffic.ts";
import { machineClock } from "./clock.ts";
import type { ShiftPorts } from "./ports.ts";

/** The workload whose traffic is shifted: the alias of a function, or else the slots that the state machine acts on. */
export interface ShiftSite {
  place: Place;
  stateMachineName: string;
  functionName?: string;
  alias?: string;
  /** How it waits. Defaults to the machine's clock. */
  sleep?: ShiftPorts["sleep"];
}

/** Makes the connection to a workload. */
export type Connect = (site: ShiftSite, say: ShiftPorts["say"]) => ShiftPorts;

/**
 * AWS itself, with the credentials of the environment, as the provider takes them. Everything is addressed by its ARN, so the
 * credentials of another account are refused and move nothing.
 */
export const awsPorts: Connect = (
  { place, stateMachineName, functionName, alias, sleep = machineClock.sleep },
  say,
) => {
  const settings = { region: place.region };
  const machineArn = stateMachineArn(place, stateMachineName);
  const machines = new SFNClient(settings);
  const executions = stepFunctions(machines, machineArn);
  const traffic =
    functionName !== undefined && alias !== undefined
      ? aliasTraffic(new LambdaClient(settings), functionArn(place, functionName), alias)
      : slotTraffic(
          { machines, tasks: new ECSClient(settings), balancing: new ElasticLoadBalancingV2Client(settings) },
          { machineArn, executions, sleep },
        );
  return {
    traffic,
    executions,
    alarms: alarmStates(new CloudWatchClient(settings)),
    say,
    now: machineClock.now,
    sleep,
  };
};
