import { assume, open as given } from "../about.ts";
import { elsewhere, here, resource, trust, type Form } from "./form.ts";

const service = (name: string) => ({ Service: `${name}.amazonaws.com` });
const source = (arn: string | readonly string[]) => ({ ArnLike: { "aws:SourceArn": arn } });
const sends = (who: string, what: string, condition?: object): Form =>
  resource(`${who} sends ${what}`, given(service(who), "sqs:SendMessage", condition));
const anybody = (what: string, condition: object): Form =>
  resource(`anybody by ${what}`, given("*", "sqs:SendMessage", condition));
const from = (...ranges: readonly string[]) =>
  anybody(`the address ${ranges[0]} and ${ranges.length - 1} more`, { IpAddress: { "aws:SourceIp": ranges } });
const root = { AWS: `arn:aws:iam::${here}:root` };
const encrypts = (context: string): Form =>
  resource(
    `logs encrypt ${context}`,
    given(service("logs"), ["kms:Decrypt", "kms:Encrypt"], {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": context },
    }),
  );
const queue = (account: string) => `arn:aws:sqs:eu-west-1:${account}:orders`;
const byAccount = (where: string | readonly string[], account: string) => ({
  ...given({ AWS: `arn:aws:iam::${account}:root` }, "sqs:SendMessage"),
  Resource: where,
});

/** Conditions on the caller that a stranger can fulfil. */
export const open: readonly Form[] = [
  sends("sns", "for the account it acts for", source("arn:aws:sns:*:${aws:SourceAccount}:*")),
  sends("sns", "for an account by pattern", source(`arn:aws:sns:*:1234????????:*`)),
  sends("sns", "for one account or any", source([`arn:aws:sns:*:${here}:*`, "arn:aws:sns:*:*:*"])),
  sends("s3", "for buckets whose name begins alike", source("arn:aws:s3:::orders-*")),
  sends("s3", "for buckets of three letters", source("arn:aws:s3:::com*")),
  sends("events", "for any rule of a region", source("arn:aws:events:eu-west-1:*:rule/*")),
  sends("events", "for any rule with a name", source("arn:aws:events:*:*:rule/orders")),
  sends("scheduler", "if a source is told", { ArnLikeIfExists: { "aws:SourceArn": `arn:aws:scheduler:*:${here}:*` } }),
  sends("sns", "for some account", { Null: { "aws:SourceAccount": "false" } }),
  sends("sns", "for an account like its own", { StringEquals: { "aws:SourceAccount": "${aws:SourceAccount}" } }),
  resource("route 53 for any zone", given(service("route53"), "kms:Sign", source("arn:aws:route53:::hostedzone/*"))),
  anybody("the service that asks", { StringEquals: { "aws:PrincipalServiceName": "sns.amazonaws.com" } }),
  anybody("services that ask", { "ForAnyValue:StringLike": { "aws:PrincipalServiceNamesList": "*.amazonaws.com" } }),
  anybody("being a service", { Bool: { "aws:PrincipalIsAWSService": "true" } }),
  anybody("their own account", { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } }),
  anybody("their own organisation", { StringLike: { "aws:PrincipalOrgID": "o-*" } }),
  anybody("any role", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } }),
  anybody("their own addresses in a network", { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } }),
  from("2000::/9"),
  from("2a00::/12"),
  from(...Array.from({ length: 32 }, (_, at) => `${at * 8}.0.0.0/5`)),
  from(...Array.from({ length: 8 }, (_, at) => `${at + 50}.0.0.0/8`)),
  from("10.0.0.0/4"),
  encrypts("arn:aws:logs:*:*:*"),
  encrypts("arn:aws:logs:eu-west-1:*:log-group:orders"),
  resource("an account to every queue of the kind", byAccount(queue("*"), elsewhere), [here]),
  resource(
    "an account of another statement",
    [byAccount(queue(elsewhere), elsewhere), byAccount(queue(here), elsewhere)],
    [here],
  ),
  resource("an account that a second resource names", byAccount([queue(here), queue(elsewhere)], elsewhere), [here]),
  trust("an account by any role", assume(root, { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${here}:role/*` } })),
  trust("an account by any external id", assume(root, { StringLike: { "sts:ExternalId": "*-*" } })),
  trust("an account by some external id", assume(root, { Null: { "sts:ExternalId": "false" } })),
];

/** Conditions that hold a service, or everybody, to somebody known. */
export const right: readonly Form[] = [
  sends("sns", "for this account", source(`arn:aws:sns:*:${here}:*`)),
  sends("sns", "for the resource's own account", source("arn:aws:sns:*:${aws:ResourceAccount}:*")),
  sends(
    "sns",
    "for one account in two regions",
    source([`arn:aws:sns:eu-west-1:${here}:*`, `arn:aws:sns:eu-north-1:${here}:*`]),
  ),
  sends("s3", "for one bucket", source("arn:aws:s3:::orders-inbox")),
  sends("s3", "for buckets of this account", {
    ...source("arn:aws:s3:::orders-*"),
    StringEquals: { "aws:SourceAccount": here },
  }),
  sends("events", "for one rule", source(`arn:aws:events:eu-west-1:${here}:rule/orders`)),
  resource(
    "route 53 for one zone",
    given(service("route53"), "kms:Sign", source("arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ")),
  ),
  anybody("one organisation", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
  anybody("roles of one account", { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${here}:role/*` } }),
  anybody("the resource's own account", { StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } }),
  from("203.0.113.0/24", "198.51.100.0/24"),
  from("2001:db8::/32"),
  from("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"),
  encrypts(`arn:aws:logs:eu-west-1:${here}:*`),
  encrypts(`arn:aws:logs:*:${here}:log-group:orders-*`),
  resource("an account to a queue of its own", byAccount(queue(elsewhere), elsewhere), [here]),
  resource("a queue's account, which is trusted", byAccount(queue(here), here), [here]),
  trust(
    "an account by one role",
    assume(root, { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${here}:role/orders-*` } }),
  ),
  trust("an account by an external id", assume(root, { StringEquals: { "sts:ExternalId": "6f1c0b7e" } })),
];
