import { flag } from "../../facts/reading.ts";
import { pointsTo } from "../../facts/links.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { bucketTypes, ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const rule: StackRule = {
  id: "s3-bucket-require-public-access-block",
  topic: "exposure",
  holds: "a bucket refuses to be made public, in all four ways",
  why: "With the block in place a careless policy or object setting cannot open the bucket to the world.",
  fix: `give the bucket a public access block with ${flags.join(", ")} all true`,
  source: "AWS Security Hub S3.8",
  severity: "high",
  level: "mandatory",
  *checkStack(resources) {
    const blocks = ofType(resources, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    yield* about(ofType(resources, ...bucketTypes), function* (bucket) {
      if (!any(blocks, (block) => pointsTo(block, "bucket", bucket) && isComplete(block)))
        yield "it has no complete public access block";
    });
  },
};

const isComplete = ({ props }: Resource) => flags.every((name) => flag(props, name));
