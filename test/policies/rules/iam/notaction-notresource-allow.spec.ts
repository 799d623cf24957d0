import { rule } from "../../../../policies/rules/iam/notaction-notresource-allow.ts";
import { allow, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "all but one bucket": {
      of: holding({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::inbox/*" }),
      says: "Allow with NotResource",
    },
    "all but one action": {
      of: holding({
        Effect: "Allow",
        NotAction: "sqs:DeleteQueue",
        Resource: "arn:aws:sqs:eu-west-1:123456789012:orders",
      }),
      says: "Allow with NotAction",
    },
  },
  passes: {
    "a Deny of all but one": {
      of: holding(allow("s3:GetObject", "arn:aws:s3:::inbox/*"), {
        Effect: "Deny",
        NotAction: "s3:GetObject",
        Resource: "*",
      }),
    },
  },
});
