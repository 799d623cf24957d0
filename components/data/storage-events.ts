import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What RDS says of storage that grows by itself ("Amazon RDS event categories and event messages"): that four fifths of the most it
 * may grow to are allocated, and that it cannot grow although it should. Each step before is no news.
 */
const told = {
  "storage-limit": ["RDS-EVENT-0225"],
  "storage-stuck": ["RDS-EVENT-0223", "RDS-EVENT-0224", "RDS-EVENT-0254", "RDS-EVENT-0007"],
} as const;

/**
 * Counts these events of one instance, by rules without a target: they make a metric, `MatchedEvents` of the rule
 * `<identifier>-<what>`, that alarms watch. No metric of RDS knows how much is allocated, so free space alone cannot tell.
 */
export function storageEvents(name: string, identifier: string, child: pulumi.CustomResourceOptions): void {
  for (const [what, ids] of Object.entries(told)) {
    new cloudwatch.EventRule(
      `${name}-${what}`,
      {
        name: `${identifier}-${what}`,
        description: `counts ${ids.join(", ")} of ${identifier}`,
        eventPattern: JSON.stringify({
          source: ["aws.rds"],
          "detail-type": ["RDS DB Instance Event"],
          detail: { SourceIdentifier: [identifier], EventID: ids },
        }),
      },
      child,
    );
  }
}
