import { entries, items, json, text } from "../../facts/reading.ts";
import { pointsTo } from "../../facts/links.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { bucketTypes, ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "s3-bucket-require-tls",
  topic: "encryption",
  holds: "a bucket answers over TLS only",
  why: "S3 still answers plain HTTP; a client that asks for it shows keys and objects to everybody on the way.",
  fix: "give the bucket a policy that denies s3:* when aws:SecureTransport is false",
  source: "AWS Security Hub S3.5",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const policies = ofType(resources, "aws:s3/bucketPolicy:BucketPolicy");
    yield* about(ofType(resources, ...bucketTypes), function* (bucket) {
      if (!any(policies, (policy) => pointsTo(policy, "bucket", bucket) && deniesPlain(json(policy.props, "policy")))) {
        yield "no policy of it denies requests without TLS";
      }
    });
  },
};

const deniesPlain = (document: unknown): boolean =>
  items(document, "Statement").some((statement) => {
    const everybody =
      text(statement, "Principal") === "*" ||
      entries(statement, "Principal").some(([kind, who]) => kind === "AWS" && items(who).includes("*"));
    const everything = items(statement, "Action").some((action) => action === "s3:*" || action === "*");
    const plain = entries(statement, "Condition.Bool").some(
      ([key, value]) => key.toLowerCase() === "aws:securetransport" && String(items(value)) === "false",
    );
    return text(statement, "Effect") === "Deny" && everybody && everything && plain;
  });
