import { rule } from "../../../../policies/rules/iam/no-users-keys.ts";
import { role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

laws(rule, {
  violates: {
    "a key": { of: [resource("aws:iam/accessKey:AccessKey", { user: "deploy" })], says: "AccessKey outlives" },
    "a user": { of: [resource("aws:iam/user:User")], says: "User outlives" },
  },
  passes: {
    "a role": { of: [role("deploy")] },
  },
});
