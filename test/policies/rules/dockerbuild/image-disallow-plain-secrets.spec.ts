import { rule } from "../../../../policies/rules/dockerbuild/image-disallow-plain-secrets.ts";
import { laws, resource } from "../../laws.ts";

const image = (props: object) => [resource("docker-build:index:Image", { context: { location: "app" }, ...props })];

laws(rule, {
  violates: {
    "a token": {
      of: image({ buildArgs: { NPM_TOKEN: "hunter2" } }),
      says: "build argument NPM_TOKEN looks like a secret",
    },
  },
  passes: {
    "a plain argument": { of: image({ buildArgs: { NODE_ENV: "production" } }) },
    "a mounted secret": { of: image({ secrets: { NPM_TOKEN: "hunter2" } }) },
  },
});
