import * as pulumi from "@pulumi/pulumi";

/**
 * The revision that runs, once it is the one that was asked for. ECS counts a deployment it has taken back as steady again, and the
 * provider may too: here it fails the update.
 */
export function deployed(
  serviceName: string,
  wantedArn: pulumi.Output<string>,
  runningArn: pulumi.Output<string | undefined>,
): pulumi.Output<string> {
  return pulumi.all([wantedArn, runningArn]).apply(([wanted, running]) => {
    // A preview knows what is asked for and what ran before.
    if (pulumi.runtime.isDryRun() || revisionOf(wanted) === revisionOf(running)) return wanted;
    throw new Error(rolledBack(serviceName, revisionOf(wanted), revisionOf(running)));
  });
}

/** What the update says of a deployment that was taken back. */
const rolledBack = (serviceName: string, wanted: string, running: string): string =>
  `deployment of ${wanted} was rolled back, ${serviceName} runs ${running}: read its alarms and stopped tasks, then run up --refresh`;

/** `family:revision`, which ECS gives alone or at the end of an ARN. */
const revisionOf = (taskDefinition: string | undefined) => taskDefinition?.split("/").at(-1) ?? "nothing";
