import assert from "node:assert/strict";
import { differences } from "../../../policies/permissions/diff.ts";
import { markdown } from "../../../policies/permissions/markdown.ts";
import type { Snapshot } from "../../../policies/permissions/snapshot.ts";
import { allow, assume, deny } from "../documents.ts";

const queue = "arn:aws:sqs:eu-west-1:<account>:orders";
const policy = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const worker = (...statements: object[]): Snapshot => ({
  principals: { worker: { policies: { grant: policy(...statements) }, managed: [] } },
  resources: {},
});

const trusting = (externalId: string, Sid = "Partner"): Snapshot => ({
  principals: {
    worker: {
      policies: {},
      managed: [],
      trust: policy({
        ...assume({ AWS: "210987654321" }, { StringEquals: { "sts:ExternalId": externalId, "aws:RequestTag/a": "b" } }),
        Sid,
      }),
    },
  },
  resources: {},
});

describe("secrets in the differences of two snapshots", () => {
  it("are not told when they change, but the change is", () => {
    const said = markdown("dev", differences(trusting("hunter2"), trusting("hunter3")));
    assert.match(said, /condition changes .*sts:externalid \(not shown\)/);
    assert.doesNotMatch(said, /hunter/);
  });

  it("are not told when they stand where an action or a resource should", () => {
    const said = markdown(
      "dev",
      differences(worker(), worker(allow(["sqs:SendMessage", "s3:AKIAIOSFODNN7EXAMPLE"], "password=hunter2"))),
    );
    assert.match(said, /gains/);
    assert.doesNotMatch(said, /hunter|AKIA/);
  });

  it("are not told of a Deny's condition", () => {
    const refused = deny("sqs:*", "*", { Condition: { StringNotEquals: { "aws:PrincipalTag/token": "hunter2" } } });
    const said = markdown("dev", differences(worker(), worker(allow("sqs:SendMessage", queue), refused)));
    assert.match(said, /unless StringNotEquals aws:principaltag\/token \(not shown\)/);
  });
});
