import { rule } from "../../../../policies/rules/trust/account-root.ts";
import { assume, role, stranger, trusting } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

laws(rule, {
  violates: {
    "an account of a stranger": {
      of: trusting(assume({ AWS: `arn:aws:iam::${stranger}:root` })),
      says: "is not among the trusted ones",
    },
    "an account nobody can place": {
      of: [
        role(
          "worker",
          { assumeRolePolicy: JSON.stringify({ Statement: [assume({ AWS: stranger })] }) },
          { outputs: {} },
        ),
      ],
      says: "everybody in account 210987654321",
    },
  },
  passes: {
    "a role of the stack's own account": { of: trusting(assume({ AWS: "arn:aws:iam::123456789012:role/deploy" })) },
    "a role of an account the configuration trusts": {
      of: trusting(assume({ AWS: `arn:aws:iam::${stranger}:role/deploy` })),
      options: { trustedAccounts: [stranger] },
    },
    "a role of the account the provider may touch": {
      of: [
        resource("pulumi:providers:aws", { allowedAccountIds: JSON.stringify([stranger]) }, { name: "aws" }),
        role(
          "worker",
          {
            assumeRolePolicy: JSON.stringify({ Statement: [assume({ AWS: `arn:aws:iam::${stranger}:role/deploy` })] }),
          },
          { outputs: {} },
        ),
      ],
    },
  },
});
