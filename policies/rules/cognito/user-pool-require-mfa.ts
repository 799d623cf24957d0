import { text, texts } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "cognito-user-pool-require-mfa",
  topic: "exposure",
  holds: "signing in takes more than a password",
  why: "Passwords are reused and phished; a second factor is what stops a list of stolen ones.",
  fix: "set mfaConfiguration to one of the modes the pack's configuration of the stack allows",
  source: "AWS Security Hub Cognito.5; NIST SP 800-63B",
  severity: "high",
  level: { dev: "advisory", prod: "mandatory" },
  options: {
    modes: {
      type: "array",
      items: { type: "string", enum: ["ON", "OPTIONAL"] },
      default: ["ON"],
      description: "Modes that are allowed.",
    },
  },
  types: ["aws:cognito/userPool:UserPool"],
  *check({ props }, options) {
    const mode = text(props, "mfaConfiguration");
    if (!mode || !texts(options, "modes").includes(mode)) yield `mfaConfiguration is ${shown(mode)}`;
  },
};
