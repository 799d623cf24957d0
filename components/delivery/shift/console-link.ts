import { consoleHost } from "../../console-host.ts";

/** The page of an execution in the AWS console. */
export function executionLink(arn: string): string {
  const [, partition = "", , region = ""] = arn.split(":");
  return `https://${region}.${consoleHost(partition)}/states/home?region=${region}#/v2/executions/details/${arn}`;
}
