import { rule } from "../../../../policies/rules/s3/bucket-disallow-public-acl.ts";
import { laws, resource } from "../../laws.ts";

const bucket = (acl: string) => [resource("aws:s3/bucket:Bucket", { acl })];

laws(rule, {
  violates: {
    "a bucket all may read": { of: bucket("public-read"), says: 'acl is "public-read"' },
    "a bucket all customers of AWS may read": { of: bucket("authenticated-read"), says: "authenticated-read" },
  },
  passes: {
    "a private bucket": { of: bucket("private") },
    "a bucket for log delivery": { of: bucket("log-delivery-write") },
  },
});
