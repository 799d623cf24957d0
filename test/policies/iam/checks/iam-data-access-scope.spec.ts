import { iamDataAccessScope } from "../../../../policies/iam/checks/iam-data-access-scope.ts";
import { about, allow } from "../about.ts";

about(iamDataAccessScope, {
  speaks: [
    [
      "every secret of the account",
      [allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:*")],
    ],
  ],
  accepts: [
    [
      "one secret",
      [allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-??????")],
    ],
  ],
});
