import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import { bucketTypes } from "../../resource.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "s3-bucket-disallow-public-acl",
  topic: "exposure",
  holds: "no bucket is handed to the public by its access list",
  why: "The list public-read and its sisters show every object, and often its name, to the whole world.",
  fix: "leave acl out, and give access by policy",
  source: "AWS Security Hub S3.2, S3.3, S3.12",
  severity: "critical",
  level: "mandatory",
  types: [...bucketTypes, "aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"],
  *check({ props }) {
    const acl = text(props, "acl");
    if (acl?.startsWith("public-") || acl === "authenticated-read") yield `acl is ${shown(acl)}`;
  },
};
