/**
 * The actions our workflows may use: the commit its version's tag stands for, and the inputs we give it, read in its
 * `action.yml` at that commit. A linter cannot see a misspelt input behind a commit; this table can. An update of an action
 * starts here.
 */
export const actions: Record<string, { version: string; commit: string; inputs: string[] }> = {
  "actions/checkout": {
    version: "v7.0.1",
    commit: "3d3c42e5aac5ba805825da76410c181273ba90b1",
    inputs: ["fetch-depth", "persist-credentials"],
  },
  "actions/setup-node": {
    version: "v7.0.0",
    commit: "820762786026740c76f36085b0efc47a31fe5020",
    inputs: ["node-version", "cache"],
  },
  "actions/github-script": {
    version: "v8.0.0",
    commit: "ed597411d8f924073f98dfc5c65a23a2325f34cd",
    inputs: ["script"],
  },
  "aws-actions/configure-aws-credentials": {
    version: "v6.2.3",
    commit: "e6de054238d6b7531b4efff3b6587d9aade6a06c",
    inputs: ["aws-region", "role-to-assume", "role-session-name", "mask-aws-account-id"],
  },
  "pulumi/actions": {
    version: "v7.0.0",
    commit: "8e5e406f4007fca908480587cb9893c07090f58d",
    inputs: [
      "command",
      "stack-name",
      "cloud-url",
      "pulumi-version-file",
      "policyPacks",
      "policyPackConfigs",
      "color",
      "suppress-outputs",
    ],
  },
};
