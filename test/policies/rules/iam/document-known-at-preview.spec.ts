import { rule } from "../../../../policies/rules/iam/document-known-at-preview.ts";
import { allow, holding, role } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "an Output joined to a text": {
      of: holding(allow("sqs:SendMessage", "Calling [toString] on an [Output<T>] is not supported.")),
      says: "policy holds the warning",
    },
    "an object joined to a text": {
      of: [role("worker", { assumeRolePolicy: "[object Object]" })],
      says: "assumeRolePolicy holds an object",
    },
  },
  passes: {
    "a document that is known": { of: holding(allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders")) },
  },
});
