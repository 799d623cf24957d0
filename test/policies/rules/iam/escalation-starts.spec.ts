import { rule } from "../../../../policies/rules/iam/stack-escalation-graph.ts";
import type { Resource } from "../../../../policies/resource.ts";
import { account, allow, fn, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const arn = `arn:aws:lambda:eu-west-1:${account}:function:api`;
const writes = allow("iam:PutRolePolicy", `arn:aws:iam::${account}:role/x`);
const worker = (props: object = {}): Resource[] => [
  role("front", props),
  grant("front", writes),
  fn("api", "front", {}, { outputs: { name: "api", arn } }),
];
const permission = (principal: string, name: string) =>
  resource("aws:lambda/permission:Permission", { principal, function: name, action: "lambda:InvokeFunction" });
const uri = (to: string) => `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${to}/invocations`;
const route = (to: string) =>
  resource("aws:apigateway/integration:Integration", {
    uri: uri(to),
    credentials: `arn:aws:iam::${account}:role/door`,
  });
const guests = "cognito-identity.amazonaws.com";
const guest = (amr?: string) =>
  role("front", {
    assumeRolePolicy: JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: guests },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { [`${guests}:aud`]: "eu-west-1:pool" },
            ...(amr && { "ForAnyValue:StringLike": { [`${guests}:amr`]: amr } }),
          },
        },
      ],
    }),
  });
const machine = (props: object): Resource[] => [
  role("front", {
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    }),
  }),
  grant("front", writes),
  resource("aws:iam/instanceProfile:InstanceProfile", { name: "host", role: "front" }, { name: "host" }),
  resource("aws:ec2/instance:Instance", { iamInstanceProfile: "host", ...props }, { name: "machine" }),
];
const says = "api runs as front, which may iam:PutRolePolicy";

laws(rule, {
  violates: {
    "what runs when somebody signs in": { of: [...worker(), permission("cognito-idp.amazonaws.com", "api")], says },
    "a permission by a part of the ARN": {
      of: [...worker(), permission("apigateway.amazonaws.com", `${account}:function:api:live`)],
      says,
    },
    "a gateway that calls with credentials of its own": { of: [...worker(), route(arn)], says },
    "a gateway that calls an alias": { of: [...worker(), route(`${arn}:live`)], says },
    "a machine with a public address": {
      of: machine({ associatePublicIpAddress: true }),
      says: "host runs as front, which may iam:PutRolePolicy",
    },
    "a guest of an identity pool": {
      of: [guest("unauthenticated"), grant("front", writes)],
      says: "any guest becomes front, which may iam:PutRolePolicy",
    },
    "an identity pool that does not ask who signed in": {
      of: [guest(), grant("front", writes)],
      says: "any guest becomes front, which may iam:PutRolePolicy",
    },
  },
  passes: {
    "what runs when a message arrives": { of: [...worker(), permission("sns.amazonaws.com", "api")] },
    "a permission for a function of a longer name": {
      of: [...worker(), permission("apigateway.amazonaws.com", `${account}:function:api2`)],
    },
    "a gateway that calls a function of a longer name": { of: [...worker(), route(`${arn}-2`)] },
    "a machine without one": { of: machine({ associatePublicIpAddress: false }) },
    "somebody who signed in": { of: [guest("authenticated"), grant("front", writes)] },
  },
});
