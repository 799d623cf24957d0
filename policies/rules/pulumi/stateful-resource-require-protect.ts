import { bucketTypes } from "../../resource.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "pulumi-stateful-resource-require-protect",
  topic: "availability",
  holds: "what holds data cannot be destroyed by an update",
  why: "A change that needs a replacement deletes the old one with all it holds, and a preview shows that in one line of many.",
  fix: "set the resource option protect to true",
  source: "Pulumi documentation, resource option protect",
  severity: "high",
  level: { dev: "disabled", prod: "mandatory" },
  types: [
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:dynamodb/table:Table",
    "aws:efs/fileSystem:FileSystem",
    "aws:cognito/userPool:UserPool",
    ...bucketTypes,
  ],
  *check({ options }) {
    if (!options?.protect) yield "protect is not set";
  },
};
