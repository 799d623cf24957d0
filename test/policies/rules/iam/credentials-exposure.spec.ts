import { rule } from "../../../../policies/rules/iam/credentials-exposure.ts";
import { allow, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "a host's password": {
      of: holding(allow("ec2:GetPasswordData", "arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0")),
      says: "answers with a credential",
    },
  },
  passes: {
    "the registry's token, which cannot be avoided": { of: holding(allow("ecr:GetAuthorizationToken", "*")) },
  },
});
