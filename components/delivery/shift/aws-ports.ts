import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient } from "@aws-sdk/client-sfn";
import { functionArn, stateMachineArn } from "../../iam/arns.ts";
import type { Place } from "../../names.ts";
import { alarmStates } from "./aws-alarms.ts";
import { stepFunctions } from "./aws-executions.ts";
import { aliasTraffic } from "./aws-traffic.ts";
import type { ShiftPorts } from "./ports.ts";

/** The workload whose traffic is shifted. */
export interface ShiftSite {
  place: Place;
  functionName: string;
  alias: string;
  stateMachineName: string;
}

/**
 * AWS itself, with the credentials of the environment, as the provider takes them. Everything is addressed by its ARN, so the
 * credentials of another account are refused and move nothing.
 */
export function awsPorts(
  { place, functionName, alias, stateMachineName }: ShiftSite,
  say: ShiftPorts["say"],
): ShiftPorts {
  const settings = { region: place.region };
  return {
    traffic: aliasTraffic(new LambdaClient(settings), functionArn(place, functionName), alias),
    executions: stepFunctions(new SFNClient(settings), stateMachineArn(place, stateMachineName)),
    alarms: alarmStates(new CloudWatchClient(settings)),
    say,
    now: Date.now,
    sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  };
}
