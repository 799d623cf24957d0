import { rule } from "../../../../policies/rules/iam/data-access-scope.ts";
import { allow, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "every secret of the account": {
      of: holding(allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:*")),
      says: "everything of the kind",
    },
  },
  passes: {
    "one secret": {
      of: holding(
        allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-??????"),
      ),
    },
  },
});
