import assert from "node:assert/strict";
import { differences, type Change } from "../../../policies/permissions/diff.ts";
import { markdown } from "../../../policies/permissions/markdown.ts";
import type { Snapshot } from "../../../policies/permissions/snapshot.ts";
import { allow, assume, deny } from "../documents.ts";

const queue = "arn:aws:sqs:eu-west-1:<account>:orders";
const policy = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const worker = (...statements: object[]): Snapshot => ({
  principals: { worker: { policies: { grant: policy(...statements) }, managed: [] } },
  resources: {},
});
const tls = (value = "true") => ({ Condition: { Bool: { "aws:SecureTransport": value } } });
const tagged = (...team: string[]) => ({ Condition: { StringEquals: { "aws:ResourceTag/team": team } } });
const told = (before: Snapshot, after: Snapshot) =>
  differences(before, after).map(({ verb, action, resource, proved }: Change) =>
    [verb + (proved ? "" : " ?"), action, resource].join(" "),
  );

describe("the differences of two snapshots", () => {
  const rows: [string, object[], object[], string[]][] = [
    ["nothing", [allow("sqs:SendMessage", queue)], [allow("sqs:SendMessage", queue)], []],
    ["other words", [allow(["sqs:SendMessage"], queue)], [allow("sqs:sendmessage", [queue, queue])], []],
    [
      "statements joined",
      [allow("sqs:SendMessage", queue), allow("sqs:GetQueueUrl", queue)],
      [allow(["sqs:GetQueueUrl", "sqs:SendMessage"], queue)],
      [],
    ],
    [
      "an action more",
      [allow("sqs:SendMessage", queue)],
      [allow(["sqs:SendMessage", "sqs:PurgeQueue"], queue)],
      [`gains sqs:PurgeQueue ${queue}`],
    ],
    [
      "an action less",
      [allow(["sqs:SendMessage", "sqs:PurgeQueue"], queue)],
      [allow("sqs:SendMessage", queue)],
      [`loses sqs:PurgeQueue ${queue}`],
    ],
    [
      "a wider resource",
      [allow("sqs:SendMessage", queue)],
      [allow("sqs:SendMessage", `${queue}*`)],
      [`gains sqs:SendMessage ${queue}*`],
    ],
    [
      "a narrower resource",
      [allow("sqs:SendMessage", `${queue}*`)],
      [allow("sqs:SendMessage", queue)],
      [`loses sqs:SendMessage ${queue}*`],
    ],
    [
      "a condition less",
      [allow("sqs:SendMessage", queue, tls())],
      [allow("sqs:SendMessage", queue)],
      [`condition widens sqs:SendMessage ${queue}`],
    ],
    [
      "a condition more",
      [allow("sqs:SendMessage", queue)],
      [allow("sqs:SendMessage", queue, tls())],
      [`condition narrows sqs:SendMessage ${queue}`],
    ],
    [
      "a value more",
      [allow("sqs:SendMessage", queue, tagged("a"))],
      [allow("sqs:SendMessage", queue, tagged("a", "b"))],
      [`condition widens sqs:SendMessage ${queue}`],
    ],
    [
      "another value",
      [allow("sqs:SendMessage", queue, tagged("a"))],
      [allow("sqs:SendMessage", queue, tagged("b"))],
      [`condition changes sqs:SendMessage ${queue}`],
    ],
    ["a Deny less", [allow("sqs:*", queue), deny("sqs:*", "*")], [allow("sqs:*", queue)], [`gains sqs:* ${queue}`]],
    [
      "a conditional Deny less",
      [allow("sqs:SendMessage", queue), deny("sqs:*", "*", tls("false"))],
      [allow("sqs:SendMessage", queue)],
      [`condition widens sqs:SendMessage ${queue}`],
    ],
    [
      "a Deny of what nobody had",
      [allow("sqs:SendMessage", queue)],
      [allow("sqs:SendMessage", queue), deny("s3:*", "*")],
      [],
    ],
  ];
  for (const [title, before, after, expected] of rows) {
    it(`tell ${title}`, () => assert.deepEqual(told(worker(...before), worker(...after)), expected));
  }

  it("tell a principal that comes and one that goes", () => {
    const none: Snapshot = { principals: {}, resources: {} };
    const some = worker(allow("sqs:SendMessage", queue));
    assert.deepEqual(told(none, some), [`gains sqs:SendMessage ${queue}`]);
    assert.deepEqual(told(some, none), [`loses sqs:SendMessage ${queue}`]);
  });

  it("tell who may become a principal, and who may use a resource", () => {
    const trusting = (...Service: string[]): Snapshot => ({
      principals: { worker: { trust: policy(assume({ Service })), policies: {}, managed: [] } },
      resources: { orders: policy({ ...assume({ Service }), Action: "sqs:SendMessage", Resource: queue }) },
    });
    const changes = differences(
      trusting("lambda.amazonaws.com"),
      trusting("lambda.amazonaws.com", "ec2.amazonaws.com"),
    );
    assert.deepEqual(
      changes.map(({ name, about, verb, who, action }) => [name, about, verb, who, action]),
      [
        ["worker", "trust", "gains", "ec2.amazonaws.com", "sts:AssumeRole"],
        ["orders", "resource", "gains", "ec2.amazonaws.com", "sqs:SendMessage"],
      ],
    );
  });

  it("tell what the policy of a resource refuses no more, also where it allows nothing", () => {
    const bucket = "arn:aws:s3:::records";
    const refusing = (...statements: object[]): Snapshot => ({
      principals: {},
      resources: { records: policy(...statements) },
    });
    const plain = { ...deny("s3:*", [bucket, `${bucket}/*`], tls("false")), Principal: "*" };
    const gains = [`gains s3:* ${bucket}`, `gains s3:* ${bucket}/*`];
    assert.deepEqual(told(refusing(plain), refusing()), gains);
    assert.deepEqual(told(refusing(plain), { principals: {}, resources: {} }), gains);
    assert.deepEqual(told(refusing(), refusing(plain)), [`loses s3:* ${bucket}`, `loses s3:* ${bucket}/*`]);
    assert.deepEqual(told(refusing(plain), refusing({ ...plain, Resource: `${bucket}/*` })), [`gains s3:* ${bucket}`]);
    assert.deepEqual(told(refusing(plain), refusing({ ...plain, Sid: "Tls" })), []);
    const [all] = differences(refusing({ ...plain, Condition: undefined }), refusing(plain));
    assert.deepEqual([all?.verb, all?.who], ["condition widens", "*"]);
  });

  it("tell attached policies and boundaries by their ARN", () => {
    const holder = (managed: string[], boundary?: unknown): Snapshot => ({
      principals: { worker: { policies: {}, managed, ...(boundary !== undefined && { boundary }) } },
      resources: {},
    });
    const arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    assert.deepEqual(told(holder([]), holder([arn])), [`gains all that the policy allows ${arn}`]);
    assert.deepEqual(told(holder([], arn), holder([])), [`gains all that the boundary refused ${arn}`]);
  });

  it("count a boundary of the stack as what it leaves", () => {
    const within = (boundary?: object): Snapshot => ({
      principals: {
        worker: {
          policies: { grant: policy(allow(["sqs:SendMessage", "s3:GetObject"], "*")) },
          managed: [],
          ...(boundary && { boundary }),
        },
      },
      resources: {},
    });
    assert.deepEqual(told(within(), within(policy(allow("sqs:*", "*")))), ["loses s3:GetObject *"]);
  });
});

describe("the differences as Markdown", () => {
  it("are nothing when nothing changed", () => assert.equal(markdown("dev", []), ""));

  it("are one table for each principal, one row for each kind of change", () => {
    const before = worker(allow("sqs:SendMessage", queue));
    const after = worker(allow(["sqs:ReceiveMessage", "sqs:PurgeQueue"], queue, tls()));
    assert.equal(
      markdown("dev", differences(before, after)),
      [
        "### Permissions of dev: 2 wider, 1 narrower",
        "#### `worker` may do",
        [
          "| Change | Actions | Resource | Condition |",
          "| --- | --- | --- | --- |",
          `| ➕ gains | \`sqs:ReceiveMessage\` \`sqs:PurgeQueue\` | \`${queue}\` | \`Bool aws:securetransport true\` |`,
          `| ➖ loses | \`sqs:SendMessage\` | \`${queue}\` |  |`,
        ].join("\n"),
        "",
      ]
        .join("\n\n")
        .replace(/\n\n$/, "\n"),
    );
  });

  it("keep every value in its cell", () => {
    const odd = "arn:aws:s3:::a|b`c``d\n| e";
    const [, , , , , , row] = markdown("dev", differences(worker(), worker(allow("s3:GetObject", odd)))).split("\n");
    assert.equal(row, "| ➕ gains | `s3:GetObject` | ``` arn:aws:s3:::a\\|b`c``d \\| e ``` |  |");
  });

  it("say what could not be proved", () => {
    const named = (value: string) =>
      worker(allow("sqs:SendMessage", queue, { Condition: { StringLike: { "aws:PrincipalTag/name": value } } }));
    assert.match(
      markdown("dev", differences(named("${aws:username}-*"), named("bob-*"))),
      /condition changes \?.*could not be proved/s,
    );
  });
});
