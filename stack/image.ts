import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as slipway from "../components/index.ts";

/** The image that everything runs. */
export interface StackImage {
  /** Pinned by digest. */
  imageUri: pulumi.Output<string>;
  /** The one repository that roles of the stack may pull it from. */
  repositoryName: string;
}

/**
 * Built from `app/` here, or the one that the pipeline promoted, or the one that the stack names. The stack's own repository is there in each
 * case, and empty it costs nothing: a stack that built once and is promoted to now still has versions that run from it and are rolled back to, and
 * the image that a roll-back pins may be in it. Only the cache goes where nothing is built.
 */
export async function imageOf(
  settings: slipway.Settings,
  place: slipway.Place,
  opts: { providers: [aws.Provider] },
): Promise<StackImage> {
  const deletable = !settings.protect;
  const cache = settings.image !== "promoted";
  const registry = new slipway.ImageRegistry("registry", { place, part: "app", deletable, cache }, opts);
  const promotedImageUri = await promoted(settings, place, opts.providers[0]);
  const args = promotedImageUri ? { promotedImageUri } : built(settings, registry);
  const { imageUri } = new slipway.ImageBuild("image", args, opts);
  const repositoryName = promotedImageUri ? slipway.repositoryName(place, promotedImageUri) : registry.repositoryName;
  return { imageUri, repositoryName };
}

/** Undefined where the image is built here. Fails where the pipeline has promoted none, which AWS only calls a resource it cannot find. */
async function promoted({ image }: slipway.Settings, place: slipway.Place, provider: aws.Provider) {
  if (image !== "promoted") return image === "build" ? undefined : image;
  const name = slipway.parameterName(place, "image");
  try {
    return (await aws.ssm.getParameter({ name }, { provider })).value;
  } catch (error) {
    throw new pulumi.RunError(
      `image is promoted, but the parameter ${name} cannot be read: promote an image first, or set image to build or to <repository>@sha256:<digest>. AWS says: ${(error as Error).message}`,
    );
  }
}

function built(
  { runtime: { architecture } }: slipway.Settings,
  { repositoryUrl, cacheRepositoryUrl }: slipway.ImageRegistry,
): slipway.ImageBuildArgs {
  const contextHash = slipway.contextHash(`${import.meta.dirname}/../app`);
  return { context: "app", contextHash, architecture, repositoryUrl, cacheRepositoryUrl };
}
