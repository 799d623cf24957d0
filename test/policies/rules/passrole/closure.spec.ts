import { rule } from "../../../../policies/rules/passrole/closure.ts";
import { allow, assume, fn, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const passing = (service: string) =>
  grant("deploy", {
    ...allow("iam:PassRole", "arn:aws:iam::123456789012:role/worker"),
    Condition: { StringEquals: { "iam:PassedToService": service } },
  });

laws(rule, {
  violates: {
    "a pass to a service that the role does not trust": {
      of: [
        role("deploy"),
        fn("deployer", "deploy"),
        role("worker"),
        fn("orders", "worker"),
        passing("ec2.amazonaws.com"),
      ],
      says: "passes worker to ec2.amazonaws.com, which it does not trust",
    },
    "a role that nobody uses": { of: [role("worker")], says: "nothing in this stack uses the role" },
  },
  passes: {
    "a pass to the service that the role trusts": {
      of: [
        role("deploy"),
        fn("deployer", "deploy"),
        role("worker"),
        fn("orders", "worker"),
        passing("lambda.amazonaws.com"),
      ],
    },
    "a role for people": {
      of: [role("people", { assumeRolePolicy: JSON.stringify({ Statement: [assume({ AWS: "123456789012" })] }) })],
    },
    "a role that is handed on": {
      of: [
        role("worker"),
        resource("aws:glue/job:Job", { roleArn: "arn:aws:iam::123456789012:role/worker" }, { name: "job" }),
      ],
    },
  },
});
