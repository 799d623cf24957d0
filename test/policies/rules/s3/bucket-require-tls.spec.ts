import { rule } from "../../../../policies/rules/s3/bucket-require-tls.ts";
import { laws, resource } from "../../laws.ts";

const bucket = resource("aws:s3/bucket:Bucket", {}, { outputs: { id: "logs-1a2b3c" } });
const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const policy = (statement: object) =>
  resource(
    "aws:s3/bucketPolicy:BucketPolicy",
    { bucket: "logs-1a2b3c", policy: JSON.stringify({ Statement: [{ ...deny, ...statement }] }) },
    { name: "policy" },
  );

laws(rule, {
  violates: {
    "no policy": { of: [bucket], says: "denies requests without TLS" },
    "a policy the wrong way round": {
      of: [bucket, policy({ Condition: { Bool: { "aws:SecureTransport": "true" } } })],
      says: "without TLS",
    },
    "a policy for reading only": { of: [bucket, policy({ Action: "s3:GetObject" })], says: "without TLS" },
    "a policy for one account": { of: [bucket, policy({ Principal: { AWS: "123456789012" } })], says: "without TLS" },
  },
  passes: {
    "a policy": { of: [bucket, policy({})] },
    "a policy in the longer form": { of: [bucket, policy({ Principal: { AWS: ["*"] }, Action: ["s3:*"] })] },
  },
});
