import { iamPermissionsManagement } from "../../../../policies/iam/checks/iam-permissions-management.ts";
import { about, allow } from "../about.ts";

about(iamPermissionsManagement, {
  speaks: [
    ["a bucket's own policy", [allow("s3:PutBucketPolicy", "arn:aws:s3:::a")]],
    ["who may write to log groups", [allow("logs:PutResourcePolicy", "*")]],
  ],
  accepts: [
    ["a service that sends its logs", [allow(["logs:CreateLogDelivery", "logs:PutResourcePolicy"], "*")]],
    ["an ARN that only other services' actions could mean", [allow("*", "arn:aws:iam::aws:policy/a")]],
    [
      "a grant for AWS's own use",
      [allow("kms:CreateGrant", "arn:aws:kms:*:*:key/a", { Bool: { "kms:GrantIsForAWSResource": "true" } })],
    ],
  ],
});
