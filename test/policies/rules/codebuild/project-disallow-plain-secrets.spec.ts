import { rule } from "../../../../policies/rules/codebuild/project-disallow-plain-secrets.ts";
import { laws, resource } from "../../laws.ts";

const project = (variable: object) => [
  resource("aws:codebuild/project:Project", { environment: { environmentVariables: [variable] } }),
];

laws(rule, {
  violates: {
    "a token": {
      of: project({ name: "NPM_TOKEN", value: "hunter2" }),
      says: "environment variable NPM_TOKEN looks like",
    },
  },
  passes: {
    "the name of a secret": { of: project({ name: "NPM_TOKEN", value: "build/npm", type: "SECRETS_MANAGER" }) },
  },
});
