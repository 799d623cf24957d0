import { ofType, type Resource } from "../resource.ts";
import { arnOf, type Home } from "./home.ts";
import { movableRepositories } from "./images.ts";

/** An action that makes what runs as a role run something else, or answer to somebody else. */
export interface Takeover {
  /** Type of what uses the role. */
  readonly type: string;
  readonly action: string;
  /** ARNs that the action is asked on; one of them is enough. */
  readonly on: (by: Resource, home: Home, resources: readonly Resource[]) => readonly string[];
}

const itself: Takeover["on"] = (by, home) => [arnOf(by, home)];

/** Any task in the clusters of the stack, and the clusters: AWS asks for both kinds, and a policy may name either. */
const tasks: Takeover["on"] = (_, home, resources) => {
  const clusters = ofType(resources, "aws:ecs/cluster:Cluster").map((one) => arnOf(one, home));
  const known = clusters.length > 0 ? clusters : [`arn:aws:ecs:${home.region}:${home.account}:cluster/default`];
  return known.flatMap((cluster) => [
    cluster,
    `${cluster.replace(":cluster/", ":task/")}/${"0123456789abcdef".repeat(2)}`,
  ]);
};

/** Any machine: which ones carry a profile is not told by the profile. */
const machines: Takeover["on"] = (_, home, resources) => {
  const own = ofType(resources, "aws:ec2/instance:Instance").map((one) => arnOf(one, home));
  return [...own.filter(Boolean), `arn:aws:ec2:${home.region}:${home.account}:instance/i-0123456789abcdef0`];
};

const images: Takeover["on"] = (by, _, resources) => movableRepositories(by, resources);

/** From the actions of each service: what changes the code or the definition, or opens a shell where it runs. */
export const takeovers: readonly Takeover[] = [
  { type: "aws:lambda/function:Function", action: "lambda:UpdateFunctionCode", on: itself },
  { type: "aws:lambda/function:Function", action: "lambda:UpdateFunctionConfiguration", on: itself },
  { type: "aws:ecs/taskDefinition:TaskDefinition", action: "ecs:ExecuteCommand", on: tasks },
  { type: "aws:ecs/taskDefinition:TaskDefinition", action: "ecr:PutImage", on: images },
  { type: "aws:iam/instanceProfile:InstanceProfile", action: "ssm:SendCommand", on: machines },
  { type: "aws:iam/instanceProfile:InstanceProfile", action: "ssm:StartSession", on: machines },
  { type: "aws:sfn/stateMachine:StateMachine", action: "states:UpdateStateMachine", on: itself },
  { type: "aws:codebuild/project:Project", action: "codebuild:UpdateProject", on: itself },
  { type: "aws:codebuild/project:Project", action: "codebuild:StartBuild", on: itself },
  { type: "aws:codebuild/project:Project", action: "codebuild:StartBuildBatch", on: itself },
  { type: "aws:codebuild/project:Project", action: "ecr:PutImage", on: images },
  { type: "aws:codepipeline/pipeline:Pipeline", action: "codepipeline:UpdatePipeline", on: itself },
];
