import { iamPermissionsManagement } from "../../../../policies/iam/checks/iam-permissions-management.ts";
import { about, allow } from "../about.ts";

about(iamPermissionsManagement, {
  speaks: [["a bucket's own policy", [allow("s3:PutBucketPolicy", "arn:aws:s3:::a")]]],
  accepts: [
    [
      "a grant for AWS's own use",
      [allow("kms:CreateGrant", "arn:aws:kms:*:*:key/a", { Bool: { "kms:GrantIsForAWSResource": "true" } })],
    ],
  ],
});
