import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { databaseArn } from "../iam/arns.ts";
import { assumableBy, document } from "../iam/document.ts";
import { deliverDatabaseMetrics } from "../iam/grants.ts";
import type { Place } from "../names.ts";

/** Seconds between two looks at the operating system of the instance. */
const intervalSeconds = 60;

/** What an instance is given to have its operating system watched. */
export function enhancedMonitoring(
  name: string,
  place: Place,
  identifier: string,
  child: pulumi.CustomResourceOptions,
) {
  const role = new aws.iam.Role(
    `${name}-monitoring-role`,
    {
      assumeRolePolicy: assumableBy("monitoring.rds.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": place.accountId },
        ArnEquals: { "aws:SourceArn": databaseArn(place, identifier) },
      }),
    },
    child,
  );
  const policy = document(...deliverDatabaseMetrics(place));
  const grant = new aws.iam.RolePolicy(`${name}-monitoring-grant`, { role: role.id, policy }, child);
  // RDS tries the role when it is given: what takes the ARN waits for the grant, too.
  const monitoringRoleArn = pulumi.all([role.arn, grant.id]).apply(([arn]) => arn);
  return { monitoringInterval: intervalSeconds, monitoringRoleArn };
}
