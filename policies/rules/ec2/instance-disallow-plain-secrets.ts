import { text } from "../../facts/reading.ts";
import { plainSecrets } from "../../facts/secrets.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ec2-instance-disallow-plain-secrets",
  topic: "exposure",
  holds: "the start script of a machine holds no secret",
  why: "Every process on the machine, and everybody who may describe it, reads its user data.",
  fix: "read the secret at start with the machine's own role",
  source: "Amazon EC2 user guide, instance user data; checkov CKV_AWS_46",
  severity: "critical",
  level: "mandatory",
  types: ["aws:ec2/instance:Instance", "aws:ec2/launchTemplate:LaunchTemplate"],
  *check({ props }) {
    for (const name of ["userData", "userDataBase64"])
      yield* plainSecrets(assignments(text(props, name) ?? ""), `${name}:`);
  },
};

// Scripts set variables as NAME=value; user data may be given in base64.
function assignments(given: string): [string, string][] {
  const decoded = /^[A-Za-z0-9+/=\s]+$/.test(given) ? Buffer.from(given, "base64").toString("utf8") : given;
  return [...decoded.matchAll(/([A-Za-z_]\w*)=["']?([^\s"']+)/g)].map(([, name = "", value = ""]) => [name, value]);
}
