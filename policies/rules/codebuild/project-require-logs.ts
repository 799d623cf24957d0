import { text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "codebuild-project-require-logs",
  topic: "logging",
  holds: "a build keeps its log",
  why: "What a build did to make an image is part of where the image comes from.",
  fix: "leave cloudwatchLogs or s3Logs of logsConfig enabled",
  source: "AWS Security Hub CodeBuild.4",
  severity: "medium",
  level: "mandatory",
  types: ["aws:codebuild/project:Project"],
  *check({ props }) {
    // CloudWatch is on unless it is switched off, S3 is off unless it is switched on.
    const cloudWatch = text(props, "logsConfig.cloudwatchLogs.status") ?? "ENABLED";
    const s3 = text(props, "logsConfig.s3Logs.status") ?? "DISABLED";
    if (cloudWatch === "DISABLED" && s3 === "DISABLED") yield "logsConfig keeps no log";
  },
};
