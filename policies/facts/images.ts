import { ofType, type Resource } from "../resource.ts";
import { containersOf, isPinned } from "./containers.ts";
import { arnOf } from "./home.ts";
import { text } from "./reading.ts";
import { isUnknown, UnknownValue } from "./unknown.ts";

/**
 * ARNs of the repositories whose tags say what a task definition or a build project runs the next time it starts: who puts an image
 * there puts it into its role. A digest and a tag that keeps its image say it once and for all, and a Lambda function keeps the
 * image it was made with. Only what is known counts: `unknownImages` tells the rest.
 */
export function movableRepositories(by: Resource, resources: readonly Resource[]): string[] {
  if (unknownImages(by)) return [];
  const kept = ofType(resources, repository).filter(keepsTags);
  return imagesOf(by).flatMap((image) => {
    const [, account = "", region = "", name] = isPinned(image) ? [] : (registry.exec(image) ?? []);
    const arn = `arn:aws:ecr:${region}:${account}:repository/${name}`;
    return name === undefined || kept.some((one) => arnOf(one, { account, region }) === arn) ? [] : [arn];
  });
}

/** Why it cannot be told which images a task definition or a build project runs, or whether a repository keeps its tags. */
export function unknownImages(by: Resource): UnknownValue | undefined {
  try {
    imagesOf(by);
    if (by.type === repository) text(by.props, "imageTagMutability");
    return undefined;
  } catch (error) {
    if (error instanceof UnknownValue) return error;
    throw error;
  }
}

const repository = "aws:ecr/repository:Repository";

const keepsTags = ({ props: { imageTagMutability: kept } }: Resource): boolean =>
  isUnknown(kept) || kept === "IMMUTABLE";

const registry = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::[^@]*)?$/;

function imagesOf(by: Resource): string[] {
  if (by.type === "aws:codebuild/project:Project") return [text(by.props, "environment.image") ?? ""];
  if (by.type !== "aws:ecs/taskDefinition:TaskDefinition") return [];
  return (containersOf(by) ?? []).map((container) => text(container, "image") ?? "");
}
