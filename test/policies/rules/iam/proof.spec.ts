import { rule } from "../../../../policies/rules/iam/proof.ts";
import { allow, deny, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

const invariants = [
  {
    principal: "work*",
    only: ["rds-db:connect"],
    within: ["arn:aws:rds-db:*:<account>:dbuser:*/*-<stack>-worker"],
    because: "a service logs in as itself",
  },
];

laws(rule, {
  violates: {
    "an action that is never allowed": {
      of: holding(allow("iam:GetRole", "arn:aws:iam::123456789012:role/worker")),
      says: "nothing that runs may change who may do what",
    },
    "a resource outside": {
      of: holding(allow("rds-db:connect", "arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-1/*")),
      options: { invariants, stack: "dev" },
      says: "allows rds-db:connect on arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-1/",
    },
    "the user of another stack": {
      of: holding(allow("rds-db:connect", "arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-1/shop-prod-worker")),
      options: { invariants, stack: "dev" },
      says: "is broken",
    },
    "an action by exception": {
      of: holding({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }),
      options: { invariants },
      says: "is broken",
    },
  },
  passes: {
    "the one resource": {
      of: holding(allow("rds-db:connect", "arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-1/shop-dev-worker")),
      options: { invariants, stack: "dev" },
    },
    "a wide statement, narrowed by a Deny": {
      of: holding(allow("rds-db:*", "*"), {
        Effect: "Deny",
        Action: "rds-db:connect",
        NotResource: "arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-1/shop-dev-worker",
      }),
      options: { invariants, stack: "dev" },
    },
    "what is denied": { of: holding(allow("iam:*", "*"), deny("*", "*")) },
    "another principal": {
      of: holding(allow("rds-db:connect", "*")),
      options: { invariants: [{ ...invariants[0], principal: "other" }] },
    },
  },
});
