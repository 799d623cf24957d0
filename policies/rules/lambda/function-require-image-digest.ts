import { isPinned } from "../../facts/containers.ts";
import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lambda-function-require-image-digest",
  topic: "supply chain",
  holds: "a function runs an image named by its digest",
  why: "A tag may be moved to another image: what was tested is then not what runs, and a rollback brings back something else.",
  fix: "pin imageUri by digest, <repository>@sha256:<64 hexadecimal digits>",
  source: "SLSA 1.0, provenance by digest; AWS Lambda developer guide, container images",
  severity: "high",
  level: "mandatory",
  types: ["aws:lambda/function:Function"],
  *check({ props }) {
    const image = text(props, "imageUri");
    if (image === undefined && text(props, "packageType") !== "Image") return; // code from a zip file
    if (image === undefined || !isPinned(image)) yield `imageUri is ${shown(image)}`;
  },
};
