import { rule } from "../../../../policies/rules/ssm/parameter-disallow-plain-secrets.ts";
import { laws, resource } from "../../laws.ts";

const parameter = (props: object) => [resource("aws:ssm/parameter:Parameter", { type: "String", ...props })];

laws(rule, {
  violates: {
    "a plain token": {
      of: parameter({ name: "/slipway/dev/api-token", value: "hunter2" }),
      says: "/slipway/dev/api-token looks like",
    },
  },
  passes: {
    "a token under lock": { of: parameter({ name: "/slipway/dev/api-token", value: "hunter2", type: "SecureString" }) },
    "the digest of an image": {
      of: parameter({ name: "/slipway/dev/image", value: `sha256:${"0123456789abcdef".repeat(4)}` }),
    },
  },
});
