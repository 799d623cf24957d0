import { pointsTo } from "../../facts/links.ts";
import { networksOf } from "../../facts/networks.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "ec2-vpc-require-flow-logs",
  topic: "logging",
  holds: "a network writes down who spoke with whom",
  why: "After a break-in the flow log is what shows where data went; it cannot be had afterwards.",
  fix: "give the VPC a flow log",
  source: "AWS Security Hub EC2.6",
  severity: "medium",
  level: { dev: "disabled", prod: "mandatory" },
  *checkStack(resources) {
    const logs = ofType(resources, "aws:ec2/flowLog:FlowLog");
    yield* about(networksOf(resources), function* (vpc) {
      if (!any(logs, (log) => pointsTo(log, "vpcId", vpc))) yield "it has no flow log";
    });
  },
};
