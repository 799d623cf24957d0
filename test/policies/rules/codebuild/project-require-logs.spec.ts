import { rule } from "../../../../policies/rules/codebuild/project-require-logs.ts";
import { laws, resource } from "../../laws.ts";

const project = (logsConfig: object) => [resource("aws:codebuild/project:Project", { logsConfig })];

laws(rule, {
  violates: {
    "logs switched off": { of: project({ cloudwatchLogs: { status: "DISABLED" } }), says: "logsConfig keeps no log" },
  },
  passes: {
    "logs in a group": { of: project({ cloudwatchLogs: { groupName: "/slipway/build" } }) },
    "logs in a bucket": {
      of: project({ cloudwatchLogs: { status: "DISABLED" }, s3Logs: { status: "ENABLED", location: "logs/build" } }),
    },
  },
});
