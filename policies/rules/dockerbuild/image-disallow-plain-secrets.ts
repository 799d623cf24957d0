import { entries } from "../../facts/reading.ts";
import { plainSecrets } from "../../facts/secrets.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "dockerbuild-image-disallow-plain-secrets",
  topic: "exposure",
  holds: "the arguments of an image build hold no secret",
  why: "Build arguments stay in the history of the image, for everybody who may pull it.",
  fix: "pass it under secrets and mount it in the one step that needs it",
  source: "Docker documentation, build variables and secrets",
  severity: "critical",
  level: "mandatory",
  types: ["docker-build:index:Image"],
  *check({ props }) {
    yield* plainSecrets(entries(props, "buildArgs"), "build argument");
  },
};
