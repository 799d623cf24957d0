import { type Check } from "../check.ts";
import { matches, readGlob } from "../glob.ts";

/** For documents: what AWS's managed policies are attached, a stack says; a document can only hand them out. */
export const iamManagedPolicy: Check = {
  id: "iam-managed-policy",
  kinds: ["identity"],
  level: "advisory",
  description: "AWS-managed policies are wide and change without notice: they are not handed out.",
  fix: "write a policy of your own with the actions that are used",
  *judge({ permissions: { grants } }) {
    for (const { statement, conditions } of grants) {
      for (const { key, values, negated } of conditions) {
        if (key !== "iam:policyarn" || negated) continue;
        const managed = values.filter((value) => value.includes(":iam::aws:policy/"));
        const wide = managed.filter((value) => admins.some((name) => isNamed(value, name)));
        if (wide.length > 0)
          yield { statement: statement.label, level: "mandatory", message: `it may attach ${wide.join(", ")}` };
        else if (managed.length > 0)
          yield { statement: statement.label, message: `it may attach ${managed.length} AWS-managed policies` };
      }
    }
  },
};

const admins = ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"];

/** Whether a pattern, which may say a path, covers the policy with a name. */
const isNamed = (value: string, name: string) => matches(readGlob(value.slice(value.lastIndexOf("/") + 1)), name);
