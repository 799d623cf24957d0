import { rule } from "../../../../policies/rules/iam/data-access-scope.ts";
import { allow, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

const own = (operator: string, value: string) => ({
  Condition: { [operator]: { "secretsmanager:ResourceTag/aws:rds:primaryDBInstanceArn": value } },
});
const database = "arn:aws:rds:eu-west-1:123456789012:db:clinic";
const invented = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-*";

laws(rule, {
  violates: {
    "secrets whose name begins alike": {
      of: holding(allow("secretsmanager:GetSecretValue", invented)),
      says: "also covers secrets whose name begins alike",
    },
    "secrets whose name begins alike, whatever their owner": {
      of: holding(allow("secretsmanager:GetSecretValue", invented, own("StringNotEquals", database))),
      says: "also covers secrets whose name begins alike",
    },
    "every secret of the account": {
      of: holding(allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:*")),
      says: "everything of the kind",
    },
  },
  passes: {
    "a secret whose name is invented, by the tag of its one owner": {
      of: holding(allow("secretsmanager:GetSecretValue", invented, own("StringEquals", database))),
    },
    "one secret": {
      of: holding(
        allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-??????"),
      ),
    },
  },
});
