import { flag, text, texts } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "codebuild-project-require-hardening",
  topic: "supply chain",
  holds: "a build runs in a named image, and with root over Docker only where images are built",
  why: "A build runs other people's code: in privileged mode that code owns the machine, and a floating image changes under it.",
  fix: "leave privilegedMode out or list the project as a builder of images, and name an image with a version other than latest",
  source: "AWS Security Hub CodeBuild.5; SLSA 1.0, isolated builds",
  severity: "high",
  level: "mandatory",
  options: {
    imageBuilders: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Logical names of the projects that build images.",
    },
  },
  types: ["aws:codebuild/project:Project"],
  *check({ name, props }, options) {
    const builder = texts(options, "imageBuilders").includes(name);
    if (flag(props, "environment.privilegedMode") && !builder) yield "environment.privilegedMode is true";
    const image = text(props, "environment.image");
    const tag = image?.slice(image.lastIndexOf("/") + 1).split(":")[1];
    if (!tag || tag === "latest") yield `environment.image is ${shown(image)}`;
  },
};
