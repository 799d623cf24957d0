import { rule } from "../../../../policies/rules/lambda/function-require-image-digest.ts";
import { laws, resource } from "../../laws.ts";

const repository = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-dev-app";
const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const fn = (props: object) => [resource("aws:lambda/function:Function", { packageType: "Image", ...props })];

laws(rule, {
  violates: {
    "a tag": { of: fn({ imageUri: `${repository}:latest` }), says: `imageUri is "${repository}:latest"` },
    "a short digest": { of: fn({ imageUri: `${repository}@sha256:feed` }), says: "@sha256:feed" },
    "no image": { of: fn({}), says: "imageUri is not set" },
  },
  passes: {
    "a digest": { of: fn({ imageUri: `${repository}@${digest}` }) },
    "a tag beside the digest": { of: fn({ imageUri: `${repository}:sha-1f2e3d4@${digest}` }) },
    "code from a zip file": { of: fn({ packageType: "Zip", s3Bucket: "artifacts" }) },
  },
});
