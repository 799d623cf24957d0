import { rule } from "../../../../policies/rules/iam/document-valid.ts";
import { allow, holding, role } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "a misspelt element": {
      of: holding({ ...allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders"), Conditions: {} }),
      says: "policy statement #0: the element",
    },
    "a list where an object belongs": {
      of: [role("worker", { assumeRolePolicy: '{"Statement":["all"]}' })],
      says: "the statement is no object",
    },
  },
  passes: {
    "single values": { of: holding(allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders")) },
  },
});
