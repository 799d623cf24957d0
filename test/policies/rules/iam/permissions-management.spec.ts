import { rule } from "../../../../policies/rules/iam/permissions-management.ts";
import { allow, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "a bucket's own policy": {
      of: holding(allow("s3:PutBucketPolicy", "arn:aws:s3:::inbox")),
      says: "s3:PutBucketPolicy",
    },
  },
  passes: {
    "reading the policy": { of: holding(allow("s3:GetBucketPolicy", "arn:aws:s3:::inbox")) },
  },
});
