import { rule } from "../../../../policies/rules/trust/matches-use.ts";
import { assume, fn, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const trusting = (...Service: string[]) =>
  role("worker", { assumeRolePolicy: JSON.stringify({ Statement: [assume({ Service })] }) });

laws(rule, {
  violates: {
    "a second service": {
      of: [trusting("lambda.amazonaws.com", "ec2.amazonaws.com"), fn("orders", "worker")],
      says: "it trusts ec2, which nothing here gives the role to",
    },
    "a service that cannot assume it": {
      of: [trusting("ec2.amazonaws.com"), fn("orders", "worker")],
      says: "lambda is given the role, which does not trust it",
    },
  },
  passes: {
    "the service that uses it": { of: [trusting("lambda.amazonaws.com"), fn("orders", "worker")] },
    "a function at the edge": {
      of: [trusting("lambda.amazonaws.com", "edgelambda.amazonaws.com"), fn("orders", "worker")],
    },
    "a role that nothing uses": { of: [trusting("ec2.amazonaws.com")] },
    "a use that is not listed": {
      of: [
        trusting("lambda.amazonaws.com", "glue.amazonaws.com"),
        fn("orders", "worker"),
        resource("aws:glue/job:Job", { roleArn: "arn:aws:iam::123456789012:role/worker" }, { name: "job" }),
      ],
    },
  },
});
