import { rule } from "../../../../policies/rules/cognito/user-pool-require-mfa.ts";
import { laws, resource } from "../../laws.ts";

const pool = (props: object) => [resource("aws:cognito/userPool:UserPool", { name: "clinic", ...props })];

laws(rule, {
  violates: {
    "no second factor": { of: pool({}), says: "mfaConfiguration is not set" },
    "a second factor for those who like": { of: pool({ mfaConfiguration: "OPTIONAL" }), says: "OPTIONAL" },
  },
  passes: {
    "a second factor for all": { of: pool({ mfaConfiguration: "ON" }) },
    "a choice where the stack allows it": {
      of: pool({ mfaConfiguration: "OPTIONAL" }),
      options: { modes: ["ON", "OPTIONAL"] },
    },
  },
});
