import { rule } from "../../../../policies/rules/ecs/service-disallow-unaudited-commands.ts";
import { laws, resource } from "../../laws.ts";

const service = (props: object) => resource("aws:ecs/service:Service", { cluster: "arn:cluster", ...props });
const cluster = (executeCommandConfiguration?: object, arn = "arn:cluster") =>
  resource(
    "aws:ecs/cluster:Cluster",
    { ...(executeCommandConfiguration && { configuration: { executeCommandConfiguration } }) },
    { name: "cluster", outputs: { arn } },
  );
const commands = service({ enableExecuteCommand: true });
const recorded = { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: "/aws/ecs/commands" } };

laws(rule, {
  violates: {
    "commands nobody records": { of: [commands, cluster()], says: "its cluster records none" },
    "commands that go where the service's own lines go": {
      of: [commands, cluster({ logging: "DEFAULT" })],
      says: "none",
    },
    "a record without a place": { of: [commands, cluster({ logging: "OVERRIDE" })], says: "none" },
    "a record of another cluster": { of: [commands, cluster(recorded, "arn:other")], says: "none" },
    "a cluster that is not part of the stack": { of: [commands], says: "none" },
  },
  passes: {
    "no commands": { of: [service({}), cluster()] },
    "commands recorded in a log group": { of: [commands, cluster(recorded)] },
    "commands recorded in a bucket": {
      of: [commands, cluster({ logging: "OVERRIDE", logConfiguration: { s3BucketName: "commands" } })],
    },
  },
});
