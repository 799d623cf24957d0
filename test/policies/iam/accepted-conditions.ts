import { arn, here, role, type Accepted } from "./accepted.ts";

const queue = arn("sqs", "orders");
const identity = (name: string, ...statements: Record<string, unknown>[]): Accepted => ({
  name,
  kind: "identity",
  statements,
});
const send = (Condition: object) => ({ Effect: "Allow", Action: "sqs:SendMessage", Resource: queue, Condition });
const objects = "arn:aws:s3:::orders-inbox/*";
const read = { Effect: "Allow", Action: "s3:GetObject", Resource: objects };

/** What principals may do under conditions of every type, and less what a Deny takes. */
const identities: readonly Accepted[] = [
  identity("sends over TLS", send({ Bool: { "aws:SecureTransport": "true" } })),
  identity("sends with a second factor", send({ Bool: { "aws:MultiFactorAuthPresent": "true" } })),
  identity("sends soon after signing in", send({ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } })),
  identity("sends from the office", send({ IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "198.51.100.7/32"] } })),
  identity("sends from a longer address", send({ IpAddress: { "aws:SourceIp": "2001:db8::/48" } })),
  identity("sends until a day", send({ DateLessThan: { "aws:CurrentTime": "2027-06-01T00:00:00Z" } })),
  identity(
    "sends for some weeks",
    send({
      DateGreaterThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
      DateLessThanEquals: { "aws:CurrentTime": "2027-02-01T00:00:00Z" },
    }),
  ),
  identity("lists a few objects", {
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: "arn:aws:s3:::orders-inbox",
    Condition: { NumericLessThanEquals: { "s3:max-keys": "10" } },
  }),
  identity("makes tagged volumes", {
    Effect: "Allow",
    Action: "ec2:CreateVolume",
    Resource: arn("ec2", "volume/*"),
    Condition: { StringEquals: { "aws:RequestTag/team": "orders" }, Null: { "aws:RequestTag/owner": "false" } },
  }),
  identity("tags what is its own", {
    Effect: "Allow",
    Action: "sqs:TagQueue",
    Resource: queue,
    Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": ["team", "owner"] } },
  }),
  identity("reads all but what is private", read, {
    Effect: "Deny",
    Action: "s3:*",
    Resource: "arn:aws:s3:::orders-inbox/private/*",
  }),
  identity("reads only in one place", read, {
    Effect: "Deny",
    Action: "s3:Get*",
    NotResource: "arn:aws:s3:::orders-inbox/public/*",
  }),
  identity("reads from the office", read, {
    Effect: "Deny",
    Action: "s3:*",
    Resource: "*",
    Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" }, Bool: { "aws:ViaAWSService": "false" } },
  }),
  identity("reads until a day", read, {
    Effect: "Deny",
    Action: "s3:GetObject",
    Resource: objects,
    Condition: { DateGreaterThan: { "aws:CurrentTime": "2027-06-01T00:00:00Z" } },
  }),
  identity("never leaves the region", send({ StringEquals: { "aws:RequestedRegion": "eu-west-1" } }), {
    Effect: "Deny",
    NotAction: ["iam:*", "sts:*"],
    Resource: "*",
    Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
  }),
];

const bucket = (name: string, ...statements: Record<string, unknown>[]): Accepted => ({
  name,
  kind: "resource",
  statements,
});
const forRole = { Effect: "Allow", Principal: { AWS: role }, Action: "s3:GetObject", Resource: objects };
const denied = (rest: object) => ({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: objects, ...rest });

/** Who may use a resource, and what everybody is refused. */
const resources: readonly Accepted[] = [
  bucket("a bucket over TLS", forRole, denied({ Condition: { Bool: { "aws:SecureTransport": "false" } } })),
  bucket("only a Deny", denied({ Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } })),
  bucket(
    "a bucket of the organisation",
    forRole,
    denied({
      Condition: {
        StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    }),
  ),
  bucket("a bucket encrypted by a key", forRole, {
    ...denied({ Action: "s3:PutObject" }),
    Condition: { Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "true" } },
  }),
];

const trust = (name: string, statement: Record<string, unknown>): Accepted => ({
  name,
  kind: "trust",
  statements: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
});

/** Who may become a role, and when. */
const trusts: readonly Accepted[] = [
  trust("one role until a day", {
    Principal: { AWS: `arn:aws:iam::${here}:role/deployer` },
    Condition: { DateLessThan: { "aws:CurrentTime": "2027-06-01T00:00:00Z" } },
  }),
  trust("one user with a second factor", {
    Principal: { AWS: `arn:aws:iam::${here}:user/bob` },
    Condition: {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "900" },
    },
  }),
  trust("one role from the office", {
    Principal: { AWS: `arn:aws:iam::${here}:role/deployer` },
    Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
  }),
];

/** Documents that use the operators and the forms that the plain ones do not. */
export const conditional: readonly Accepted[] = [...identities, ...resources, ...trusts];
