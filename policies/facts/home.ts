import type { Resource } from "../resource.ts";
import { ownAccounts } from "./accounts.ts";
import { isUnknown } from "./unknown.ts";

/** Account and region of a stack, as far as they are known. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

export function homeOf(resources: readonly Resource[]): Home {
  const [account = "000000000000"] = ownAccounts(resources);
  const provider = resources.find(({ type }) => type === "pulumi:providers:aws");
  const arns = resources.map(({ outputs }) => outputs?.["arn"]).filter((arn) => typeof arn === "string");
  const regions = [provider?.props["region"], ...arns.map((arn) => arn.split(":")[3])];
  const region = regions.find((one): one is string => typeof one === "string" && /^[a-z]{2}(-[a-z]+)+-\d$/.test(one));
  return { account, region: region ?? "us-east-1" };
}

/** The ARN of a resource; of a role or function that has none yet, the one it will have. */
export function arnOf({ type, name, props, outputs }: Resource, { account, region }: Home): string {
  const arn = outputs?.["arn"] ?? props["arn"];
  if (typeof arn === "string" && !isUnknown(arn)) return arn;
  const chosen = typeof props["name"] === "string" && !isUnknown(props["name"]) ? props["name"] : name;
  const template = templates[type];
  return template ? template(region, account, chosen) : "";
}

const templates: Readonly<Record<string, (region: string, account: string, name: string) => string>> = {
  "aws:iam/role:Role": (_, account, name) => `arn:aws:iam::${account}:role/${name}`,
  "aws:lambda/function:Function": (region, account, name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  "aws:sfn/stateMachine:StateMachine": (region, account, name) =>
    `arn:aws:states:${region}:${account}:stateMachine:${name}`,
  "aws:ecr/repository:Repository": (region, account, name) => `arn:aws:ecr:${region}:${account}:repository/${name}`,
  "aws:ecs/cluster:Cluster": (region, account, name) => `arn:aws:ecs:${region}:${account}:cluster/${name}`,
  "aws:codebuild/project:Project": (region, account, name) => `arn:aws:codebuild:${region}:${account}:project/${name}`,
  "aws:codepipeline/pipeline:Pipeline": (region, account, name) => `arn:aws:codepipeline:${region}:${account}:${name}`,
  "aws:sqs/queue:Queue": (region, account, name) => `arn:aws:sqs:${region}:${account}:${name}`,
  "aws:sns/topic:Topic": (region, account, name) => `arn:aws:sns:${region}:${account}:${name}`,
  "aws:dynamodb/table:Table": (region, account, name) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  "aws:secretsmanager/secret:Secret": (region, account, name) =>
    `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`,
  "aws:ssm/parameter:Parameter": (region, account, name) =>
    `arn:aws:ssm:${region}:${account}:parameter${name.startsWith("/") ? "" : "/"}${name}`,
  "aws:kinesis/stream:Stream": (region, account, name) => `arn:aws:kinesis:${region}:${account}:stream/${name}`,
};
