import { rule } from "../../../../policies/rules/trust/no-public.ts";
import { assume, trusting } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    everybody: { of: trusting(assume("*")), says: "assumeRolePolicy statement #0: anybody may assume the role" },
    "everybody but one": {
      of: trusting({ Effect: "Allow", NotPrincipal: { AWS: "123456789012" }, Action: "sts:AssumeRole" }),
      says: "NotPrincipal",
    },
  },
  passes: {
    "a service": { of: trusting(assume({ Service: "lambda.amazonaws.com" })) },
  },
});
