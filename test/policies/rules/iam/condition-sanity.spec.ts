import { rule } from "../../../../policies/rules/iam/condition-sanity.ts";
import { allow, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "the holder's own account": {
      of: holding(
        allow("s3:GetObject", "arn:aws:s3:::inbox/*", {
          Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
        }),
      ),
      says: "limits nothing",
    },
  },
  passes: {
    "a prefix": {
      of: holding(
        allow("s3:ListBucket", "arn:aws:s3:::inbox", { Condition: { StringLike: { "s3:prefix": "home/*" } } }),
      ),
    },
  },
});
