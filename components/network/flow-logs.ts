import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ec2Arn } from "../iam/arns.ts";
import { assumableBy, document } from "../iam/document.ts";
import { deliverFlowLogs } from "../iam/grants.ts";
import { physicalName, type Place } from "../names.ts";

export interface FlowLogsArgs {
  place: Place;
  /** Last part of the log group's name `/aws/vpc/<project>-<stack>-<part>`. */
  part: string;
  vpcId: pulumi.Input<string>;
  retentionDays: number;
}

/** Records every connection of a VPC, accepted or not, in a log group of its own. */
export function flowLogs(name: string, args: FlowLogsArgs, child: pulumi.CustomResourceOptions): void {
  const { place, part, vpcId, retentionDays } = args;
  const logGroupName = `/aws/vpc/${physicalName(place, part)}`;
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-flow-logs`,
    { name: logGroupName, retentionInDays: retentionDays },
    child,
  );
  const role = new aws.iam.Role(
    `${name}-flow-role`,
    {
      assumeRolePolicy: assumableBy("vpc-flow-logs.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": place.accountId },
        ArnLike: { "aws:SourceArn": ec2Arn(place, "vpc-flow-log/*") },
      }),
    },
    child,
  );
  const policy = document(...deliverFlowLogs(place, logGroupName));
  const grant = new aws.iam.RolePolicy(`${name}-flow-grant`, { role: role.id, policy }, child);
  new aws.ec2.FlowLog(
    `${name}-flow`,
    {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
    },
    { ...child, dependsOn: [grant] },
  );
}
