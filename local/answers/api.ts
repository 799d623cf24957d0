import { createHash } from "node:crypto";
import { account, arn, type Answers } from "./account.ts";

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An id as AWS invents them, lower-case letters and digits, but the same for the same `seed`. */
const invented = (seed: string, length: number) =>
  [...createHash("sha256").update(seed).digest()]
    .slice(0, length)
    .map((byte) => alphabet[byte % alphabet.length])
    .join("");

/** What AWS answers for API Gateway, Cognito and WAF. */
export const apiAnswers: Answers = {
  "aws:apigateway/restApi:RestApi": (name) => {
    const id = invented(name, 10);
    return {
      id,
      arn: `arn:${account.partition}:apigateway:${account.region}::/restapis/${id}`,
      executionArn: arn("execute-api", id),
      rootResourceId: invented(`${name}/`, 10),
    };
  },
  "aws:apigateway/deployment:Deployment": (name, { triggers }) => ({
    id: invented(JSON.stringify([name, triggers]), 6),
  }),
  "aws:apigateway/stage:Stage": (_name, { restApi, stageName }) => ({
    id: `ags-${restApi}-${stageName}`,
    arn: `arn:${account.partition}:apigateway:${account.region}::/restapis/${restApi}/stages/${stageName}`,
    executionArn: arn("execute-api", `${restApi}/${stageName}`),
    invokeUrl: `https://${restApi}.execute-api.${account.region}.amazonaws.com/${stageName}`,
  }),
  "aws:apigateway/methodSettings:MethodSettings": (_name, { restApi, stageName, methodPath }) => ({
    id: `${restApi}-${stageName}-${methodPath}`,
  }),
  "aws:apigateway/account:Account": () => ({ id: "api-gateway-account" }),

  "aws:cognito/userPool:UserPool": (name) => {
    const id = `${account.region}_${invented(name, 9)}`;
    return {
      id,
      arn: arn("cognito-idp", `userpool/${id}`),
      endpoint: `cognito-idp.${account.region}.amazonaws.com/${id}`,
    };
  },
  "aws:cognito/userPoolClient:UserPoolClient": (name, { generateSecret }) => ({
    id: invented(name, 26),
    ...(generateSecret && { clientSecret: `generated-by-cognito-for-${name}` }),
  }),
  "aws:cognito/resourceServer:ResourceServer": (_name, { userPoolId, identifier, scopes }) => ({
    id: `${userPoolId}|${identifier}`,
    scopeIdentifiers: (scopes ?? []).map(({ scopeName }: { scopeName: string }) => `${identifier}/${scopeName}`),
  }),
  "aws:cognito/userPoolDomain:UserPoolDomain": (_name, { domain }) => ({
    id: domain,
    awsAccountId: account.accountId,
    cloudfrontDistribution: `${invented(domain, 14)}.cloudfront.net`,
  }),

  "aws:wafv2/webAcl:WebAcl": (name) => {
    const digest = createHash("sha256").update(name).digest("hex");
    const id = [
      digest.slice(0, 8),
      digest.slice(8, 12),
      digest.slice(12, 16),
      digest.slice(16, 20),
      digest.slice(20, 32),
    ].join("-");
    return { id, name, arn: arn("wafv2", `regional/webacl/${name}/${id}`) };
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": (_name, { webAclArn, resourceArn }) => ({
    id: `${webAclArn},${resourceArn}`,
  }),
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": (_name, { resourceArn }) => ({ id: resourceArn }),
};
