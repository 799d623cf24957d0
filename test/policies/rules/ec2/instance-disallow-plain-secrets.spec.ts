import { rule } from "../../../../policies/rules/ec2/instance-disallow-plain-secrets.ts";
import { laws, resource } from "../../laws.ts";

const machine = (userData: string) => [resource("aws:ec2/instance:Instance", { userData })];
const script = (line: string) => `#!/bin/sh\n${line}\n`;

laws(rule, {
  violates: {
    "a password": { of: machine(script("export DB_PASSWORD=hunter2")), says: "DB_PASSWORD looks like a secret" },
    "a password in base64": {
      of: machine(Buffer.from(script("TOKEN='hunter2'")).toString("base64")),
      says: "TOKEN looks like",
    },
  },
  passes: { "a plain setting": { of: machine(script("PORT=8080")) } },
});
