import * as s3 from "@pulumi/aws/s3/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { document } from "../iam/document.ts";
import { physicalName, type Place } from "../names.ts";

export interface AccessLogsArgs {
  place: Place;
  /** Part of the load balancer's name; the bucket's ends in the account, since its name is the world's only one. */
  part: string;
  /** Days a log is kept. */
  days: number;
  /** Whether destroying the stack may delete logs with the bucket. */
  deletable: boolean;
}

/** The chosen name of the bucket. */
export const accessLogBucketName = (place: Place, part: string) =>
  physicalName(place, `${part}-access-${place.accountId}`);

/**
 * A private bucket into which load balancers of this account write who asked for what. The name comes once they may: a load
 * balancer tries the bucket when it is given.
 */
export function accessLogs(
  name: string,
  { place, part, days, deletable }: AccessLogsArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const bucketName = accessLogBucketName(place, part);
  const arn = `arn:${place.partition}:s3:::${bucketName}`;
  const bucket = new s3.Bucket(
    `${name}-access`,
    { bucket: bucketName, forceDestroy: deletable },
    { ...child, protect: !deletable },
  );
  const closed = {
    bucket: bucket.bucket,
    ...{ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
  };
  const block = new s3.BucketPublicAccessBlock(`${name}-access-block`, closed, child);
  // Load balancers write under S3's own keys and no others.
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-access-encryption`,
    { bucket: bucket.bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    child,
  );
  new s3.BucketLifecycleConfiguration(
    `${name}-access-lifecycle`,
    {
      bucket: bucket.bucket,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    child,
  );
  // Held to this account by the path alone: load balancers write under the number of the account they are in, and a condition on
  // aws:SourceArn has them refused with "Access Denied for bucket" (decision 8).
  const policy = document(
    {
      sid: "WriteAccessLogs",
      principals: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      actions: ["s3:PutObject"],
      resources: [`${arn}/AWSLogs/${place.accountId}/*`],
    },
    {
      sid: "RefusePlaintext",
      effect: "Deny",
      principals: { AWS: "*" },
      actions: ["s3:*"],
      resources: [arn, `${arn}/*`],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
  const allowed = new s3.BucketPolicy(
    `${name}-access-policy`,
    { bucket: bucket.bucket, policy },
    { ...child, dependsOn: [block] },
  );
  return allowed.bucket;
}
