import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { logGroupArn, stateMachineArn } from "../iam/arns.ts";
import { assumableBy, document, type Statement } from "../iam/document.ts";
import { logRetention } from "../log-retention.ts";
import type { Place } from "../names.ts";

/** What follows from the arguments of a state machine that shifts traffic. */
export type ShifterPlan = ReturnType<typeof shifterPlan>;

/** Chosen names and documents of the state machine `stateMachineName`, which may do what `statements` say. */
export function shifterPlan(
  place: Place,
  stateMachineName: string,
  statements: readonly Statement[],
  logRetentionDays = 30,
) {
  // Names that begin so are kept out of the one resource policy that all log destinations of an account share.
  const logGroupName = `/aws/vendedlogs/states/${stateMachineName}`;
  return {
    stateMachineName,
    stateMachineArn: stateMachineArn(place, stateMachineName),
    logGroupName,
    logGroupArn: logGroupArn(place, logGroupName),
    logRetentionDays: logRetention(logRetentionDays),
    policy: document(...statements),
    trust: assumableBy("states.amazonaws.com", {
      StringEquals: { "aws:SourceAccount": place.accountId },
      ArnLike: { "aws:SourceArn": stateMachineArn(place, stateMachineName) },
    }),
  };
}

/** The state machine with its own role, logged in full and traced. */
export function shifter(
  name: string,
  plan: ShifterPlan,
  definition: pulumi.Input<string>,
  child: pulumi.CustomResourceOptions,
): aws.sfn.StateMachine {
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    { name: plan.logGroupName, retentionInDays: plan.logRetentionDays },
    child,
  );
  const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: plan.trust }, child);
  const grant = new aws.iam.RolePolicy(`${name}-grant`, { role: role.id, policy: plan.policy }, child);
  return new aws.sfn.StateMachine(
    `${name}-machine`,
    {
      name: plan.stateMachineName,
      definition,
      roleArn: role.arn,
      loggingConfiguration: { level: "ALL", includeExecutionData: true, logDestination: `${plan.logGroupArn}:*` },
      tracingConfiguration: { enabled: true },
    },
    { ...child, dependsOn: [logs, grant] },
  );
}
