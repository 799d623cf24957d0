import { createHash } from "node:crypto";
import { account, arn, named, type Answers } from "./account.ts";

/** What AWS answers for ECR, image builds, Lambda and IAM. */
export const computeAnswers: Answers = {
  "aws:iam/role:Role": (name, inputs) => ({
    id: named(name, inputs),
    name: named(name, inputs),
    arn: arn("iam", `role/${named(name, inputs)}`, ""),
  }),
  "aws:iam/rolePolicy:RolePolicy": (name, inputs) => ({
    id: `${inputs.role}:${named(name, inputs)}`,
    name: named(name, inputs),
  }),
  "aws:ecr/repository:Repository": (name, inputs) => ({
    id: named(name, inputs),
    arn: arn("ecr", `repository/${named(name, inputs)}`),
    registryId: account.accountId,
    repositoryUrl: `${registry}/${named(name, inputs)}`,
  }),
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": (_, inputs) => ({ id: inputs.repository, registryId: account.accountId }),
  "aws:ecr/repositoryPolicy:RepositoryPolicy": (_, inputs) => ({
    id: inputs.repository,
    registryId: account.accountId,
  }),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": () => ({
    id: account.region,
    userName: "AWS",
    password: "token-of-this-hour",
    authorizationToken: Buffer.from("AWS:token-of-this-hour").toString("base64"),
    proxyEndpoint: `https://${registry}`,
    expiresAt: "2030-01-01T12:00:00Z",
  }),
  "docker-build:index:Image": (_, inputs) => {
    const digest = `sha256:${sha256(JSON.stringify([inputs.tags, inputs.platforms]))}`;
    return { id: digest, digest, ref: `${inputs.tags[0]}@${digest}`, contextHash: sha256(inputs.context.location) };
  },
  // One index is copied as it is, digest and all.
  "docker-build:index:Index": (name, { tag, sources }) => ({ id: name, ref: `${tag}@${sources[0].split("@")[1]}` }),
  "aws:lambda/function:Function": (name, inputs) => {
    const functionArn = arn("lambda", `function:${named(name, inputs)}`);
    return {
      id: named(name, inputs),
      name: named(name, inputs),
      arn: functionArn,
      version: "1",
      qualifiedArn: `${functionArn}:1`,
      invokeArn: invokeUri(functionArn),
      qualifiedInvokeArn: invokeUri(`${functionArn}:1`),
    };
  },
  "aws:lambda/alias:Alias": (_, inputs) => {
    const aliasArn = arn("lambda", `function:${inputs.functionName}:${inputs.name}`);
    return { id: aliasArn, arn: aliasArn, invokeArn: invokeUri(aliasArn) };
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": (_, inputs) => ({
    id: `${inputs.functionName},${inputs.qualifier}`,
  }),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (_, inputs) => ({
    id: `${inputs.functionName}:${inputs.qualifier}`,
  }),
  "aws:lambda/invocation:Invocation": (_, inputs) => ({
    id: `${inputs.functionName}_${inputs.qualifier}_${sha256(inputs.input).slice(0, 32)}`,
    result: JSON.stringify({ applied: [] }),
  }),
};

const registry = `${account.accountId}.dkr.ecr.${account.region}.amazonaws.com`;

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const invokeUri = (functionArn: string) =>
  `arn:${account.partition}:apigateway:${account.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
