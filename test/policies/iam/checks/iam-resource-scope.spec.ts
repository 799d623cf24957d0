import { iamResourceScope } from "../../../../policies/iam/checks/iam-resource-scope.ts";
import { about, allow, deny } from "../about.ts";

const account = "123456789012";
const runs = (kind: string, condition?: object) => allow("ec2:RunInstances", `arn:aws:ec2:*:*:${kind}/*`, condition);
const ends = (listener: string) =>
  allow("elasticloadbalancing:DeleteListener", `arn:aws:elasticloadbalancing:${listener}`);
const tagged = { StringEquals: { "aws:RequestTag/team": "orders" } };
const parts = ["image", "subnet", "security-group", "network-interface", "volume"].map((kind) => runs(kind));
const via = { "ForAllValues:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" } };
const own = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "${aws:username}" } };

about(iamResourceScope, {
  speaks: [
    ["instances of every image, in every network", [...parts, runs("instance")]],
    ["instances with a tag, and without", [...parts, runs("instance", tagged), runs("instance")]],
    ["instances and volumes where the tag is asked of volumes", [...parts, runs("*"), runs("volume", tagged)]],
    [
      "every listener of one kind, and one of another",
      [ends("*:*:listener/app/*"), ends("*:*:listener/net/orders/1/2")],
    ],
    ["every alias of every function", [allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:*:*")]],
    ["a service in between, or none", [allow("dynamodb:DeleteTable", "*", via)]],
    ["keys of items that a scan does not name", [allow("dynamodb:Scan", "*", own)]],
    ["a Deny of long names", [allow("sqs:SendMessage", "*"), deny("sqs:*", `arn:aws:sqs:*:*:${"?".repeat(20)}*`)]],
    ["a prefix in any bucket", [allow("s3:PutObject", "arn:aws:s3:::*/logs/*")]],
    ["a whole kind of resource", [allow("cloudtrail:StopLogging", "arn:*:cloudtrail:*:*:trail/*")]],
    ["a tag that other tags pass", [allow("sqs:SendMessage", "*", { StringNotEquals: { "aws:ResourceTag/a": "b" } })]],
    ["an address", [allow("sqs:SendMessage", "*", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })]],
  ],
  accepts: [
    ["instances of every image, in every network, but only with a tag", [...parts, runs("instance", tagged)]],
    ["one named launch out of everything", [...parts, allow("ec2:RunInstances", "arn:aws:ec2:*:*:instance/i-1")]],
    ["every alias of one function", [allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:orders:*")]],
    ["a service in between", [allow("dynamodb:DeleteTable", "*", { ...via, Null: { "aws:CalledVia": "false" } })]],
    ["keys of items", [allow("dynamodb:PutItem", "*", own)]],
    ["a Deny of all names", [allow("sqs:SendMessage", "*"), deny("sqs:*", "arn:aws:sqs:*:*:?*")]],
    ["a prefix in buckets by name", [allow("s3:PutObject", "arn:aws:s3:::orders-*/logs/*")]],
    ["an action without resources", [allow(["ecr:GetAuthorizationToken", "ec2:Describe*"], "*")]],
    [
      "deleting all of a kind in one account",
      [
        allow("dynamodb:DeleteTable", `arn:aws:dynamodb:*:${account}:table/*`),
        allow("kms:ScheduleKeyDeletion", `arn:aws:kms:eu-west-1:${account}:key/*`),
        allow("sqs:PurgeQueue", `arn:aws:sqs:*:${account}:*`),
      ],
    ],
    ["a tag", [allow("sqs:SendMessage", "*", { StringEquals: { "aws:ResourceTag/a": "b" } })]],
    [
      "a Deny of everything else",
      [allow("sqs:SendMessage", "*"), { Effect: "Deny", Action: "sqs:*", NotResource: "arn:aws:sqs:*:*:orders" }],
    ],
  ],
});
