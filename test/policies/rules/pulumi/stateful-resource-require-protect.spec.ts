import { rule } from "../../../../policies/rules/pulumi/stateful-resource-require-protect.ts";
import { laws, resource } from "../../laws.ts";

const pool = (protect?: boolean) => [
  resource("aws:cognito/userPool:UserPool", { name: "clinic" }, { options: { protect } }),
];

laws(rule, {
  violates: {
    "a pool without protection": { of: pool(), says: "protect is not set" },
    "protection taken off": { of: pool(false), says: "protect" },
  },
  passes: { "a protected pool": { of: pool(true) } },
});
