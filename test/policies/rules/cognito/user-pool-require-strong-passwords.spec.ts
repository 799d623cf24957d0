import { rule } from "../../../../policies/rules/cognito/user-pool-require-strong-passwords.ts";
import { laws, resource } from "../../laws.ts";

const kinds = { requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true };
const pool = (passwordPolicy?: object) => [
  resource("aws:cognito/userPool:UserPool", { name: "clinic", passwordPolicy }),
];

laws(rule, {
  violates: {
    "no policy": { of: pool(), says: "minimumLength is not set, at least 12" },
    "eight characters": { of: pool({ ...kinds, minimumLength: 8 }), says: "minimumLength is 8" },
    "no symbols": {
      of: pool({ ...kinds, requireSymbols: false, minimumLength: 12 }),
      says: "requireSymbols is not true",
    },
  },
  passes: { "twelve characters of all kinds": { of: pool({ ...kinds, minimumLength: 12 }) } },
});
