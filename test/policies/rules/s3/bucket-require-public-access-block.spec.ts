import { rule } from "../../../../policies/rules/s3/bucket-require-public-access-block.ts";
import { laws, resource } from "../../laws.ts";

const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const bucket = (version = "") =>
  resource(`aws:s3/bucket${version}:Bucket${version}`, {}, { outputs: { id: "logs-1a2b3c" } });
const block = (props: object) =>
  resource(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { bucket: "logs-1a2b3c", ...all, ...props },
    { name: "block" },
  );

laws(rule, {
  violates: {
    "no block": { of: [bucket()], says: "no complete public access block" },
    "three of four": {
      of: [bucket("V2"), block({ restrictPublicBuckets: false })],
      says: "no complete public access block",
    },
    "the block of another bucket": {
      of: [bucket(), block({ bucket: "other" })],
      says: "no complete public access block",
    },
  },
  passes: {
    "a whole block": { of: [bucket(), block({})] },
    "a whole block for a bucket that is not there yet": {
      of: [
        bucket("V2"),
        { ...block({ bucket: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }), dependencies: { bucket: ["it"] } },
      ],
    },
  },
});
