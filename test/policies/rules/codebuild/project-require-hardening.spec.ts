import { rule } from "../../../../policies/rules/codebuild/project-require-hardening.ts";
import { laws, resource } from "../../laws.ts";

const image = "aws/codebuild/amazonlinux-x86_64-standard:5.0";
const project = (environment: object) => [
  resource("aws:codebuild/project:Project", { environment: { image, ...environment } }),
];

laws(rule, {
  violates: {
    "root over Docker": { of: project({ privilegedMode: true }), says: "environment.privilegedMode is true" },
    "a floating image": { of: project({ image: "public.ecr.aws/docker/library/node:latest" }), says: "node:latest" },
    "an image without a version": {
      of: project({ image: "registry.example:5000/node" }),
      says: "registry.example:5000/node",
    },
  },
  passes: {
    "a named image": { of: project({}) },
    "a builder of images": { of: project({ privilegedMode: true }), options: { imageBuilders: ["it"] } },
  },
});
