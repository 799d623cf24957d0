import { matches, readGlob } from "../iam/glob.ts";
import { ofType, type Resource } from "../resource.ts";
import { containersOf, isPinned } from "./containers.ts";
import { arnOf } from "./home.ts";
import { items, text } from "./reading.ts";
import { isUnknown, UnknownValue } from "./unknown.ts";

/**
 * ARNs of the repositories whose tags say what a task definition or a build project runs the next time it starts: who puts an image
 * there puts it into its role. A digest and a tag that keeps its image say it once and for all, and a Lambda function keeps the
 * image it was made with. Only what is known counts: `unknownImages` tells the rest.
 */
export function movableRepositories(by: Resource, resources: readonly Resource[]): string[] {
  if (unknownImages(by)) return [];
  const repositories = ofType(resources, repository);
  return imagesOf(by).flatMap((image) => {
    const [, account = "", region = "", name, tag = "latest"] = isPinned(image) ? [] : (registry.exec(image) ?? []);
    const arn = `arn:aws:ecr:${region}:${account}:repository/${name}`;
    const keeper = repositories.find((one) => arnOf(one, { account, region }) === arn);
    return name === undefined || (keeper && keeps(keeper, tag)) ? [] : [arn];
  });
}

/** Why it cannot be told which images a task definition or a build project runs, or whether a repository keeps its tags. */
export function unknownImages(by: Resource): UnknownValue | undefined {
  try {
    imagesOf(by);
    if (by.type === repository) {
      text(by.props, "imageTagMutability");
      for (const one of items(by.props, "imageTagMutabilityExclusionFilters")) text(one, "filter");
    }
    return undefined;
  } catch (error) {
    if (error instanceof UnknownValue) return error;
    throw error;
  }
}

const repository = "aws:ecr/repository:Repository";

/** Whether a repository never puts another image under a tag, as far as is known. */
function keeps({ props }: Resource, tag: string): boolean {
  const [kept, filters] = [props["imageTagMutability"], props["imageTagMutabilityExclusionFilters"]];
  if (isUnknown(kept) || isUnknown(filters) || kept === "IMMUTABLE") return true;
  if (kept !== "IMMUTABLE_WITH_EXCLUSION") return false;
  return !items(props, "imageTagMutabilityExclusionFilters").some(
    (one) => !isUnknown(one) && matches(readGlob(text(one, "filter") ?? "", { variables: false }), tag),
  );
}

const registry = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::([^@]*))?$/;

function imagesOf(by: Resource): string[] {
  if (by.type === "aws:codebuild/project:Project") return [text(by.props, "environment.image") ?? ""];
  if (by.type !== "aws:ecs/taskDefinition:TaskDefinition") return [];
  return (containersOf(by) ?? []).map((container) => text(container, "image") ?? "");
}
