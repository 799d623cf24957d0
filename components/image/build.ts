import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { validated } from "../validated.ts";
import { pinned } from "./digest.ts";

export interface ImageBuildArgs {
  /** Image that a pipeline has built and tested, `<repository>@sha256:...`: nothing is built. Excludes all other arguments. */
  promotedImageUri?: pulumi.Input<string>;
  /** Folder with the Dockerfile and all it needs, relative to the program. */
  context?: string;
  /** What `contextHash` says of the folder: it becomes the image's tag. */
  contextHash?: string;
  /** Processor to build for. Defaults to x86_64. */
  architecture?: "x86_64" | "arm64";
  /** Where to push the image. */
  repositoryUrl?: pulumi.Input<string>;
  /** Where to push the build cache. */
  cacheRepositoryUrl?: pulumi.Input<string>;
}

/** The image a stack runs, by digest: built and pushed by the program itself, or promoted from where it was built before. */
export class ImageBuild extends pulumi.ComponentResource {
  /** `<repository>@sha256:...`; unknown at preview when it is still to be built. */
  readonly imageUri: pulumi.Output<string>;

  constructor(name: string, args: ImageBuildArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ImageBuild", name, {}, opts);
    const source = validated(this, () => check(args));
    this.imageUri = pulumi.output(
      "promotedImageUri" in source ? source.promotedImageUri : built(name, source, { parent: this }),
    );
    this.registerOutputs({ imageUri: this.imageUri });
  }
}

/** What tags begin with that tell the context an image was built from. */
export const contextTagPrefix = "context-";

type Source = Required<Omit<ImageBuildArgs, "promotedImageUri">>;

function built(name: string, source: Source, child: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const platform = source.architecture === "arm64" ? docker.Platform.Linux_arm64 : docker.Platform.Linux_amd64;
  const suffix = platform.replace("linux/", "");
  const token = aws.ecr.getAuthorizationTokenOutput({}, child);
  const cache = pulumi.interpolate`${source.cacheRepositoryUrl}:cache-${suffix}`;

  // No `exec`: it alone would add attestations, which make an image index that Lambda refuses. One platform, same reason.
  const image = new docker.Image(
    `${name}-image`,
    {
      context: { location: source.context },
      platforms: [platform],
      tags: [
        pulumi.interpolate`${source.repositoryUrl}:${contextTagPrefix}${source.contextHash.slice(0, 32)}-${suffix}`,
      ],
      push: true,
      // A preview must not need a Docker daemon, nor move the shared cache.
      buildOnPreview: false,
      cacheFrom: [{ registry: { ref: cache } }],
      cacheTo: [
        {
          registry: {
            ref: cache,
            mode: docker.CacheMode.Max,
            imageManifest: true,
            ociMediaTypes: true,
            ignoreError: true,
          },
        },
      ],
      registries: pulumi.secret([
        {
          address: pulumi.output(source.repositoryUrl).apply((url) => url.split("/")[0]!),
          username: token.userName,
          password: pulumi.secret(token.password),
        },
      ]),
    },
    // The provider deletes the pushed image with the resource, but earlier versions run on: only the lifecycle deletes.
    { ...child, retainOnDelete: true },
  );
  // The digest is no secret, although it is an output of a resource with a secret input.
  return pulumi.unsecret(pulumi.interpolate`${source.repositoryUrl}@${image.digest}`);
}

function check(args: ImageBuildArgs): { promotedImageUri: pulumi.Input<string> } | Source {
  const { promotedImageUri, ...build } = args;
  const { context, contextHash, architecture = "x86_64", repositoryUrl, cacheRepositoryUrl } = build;
  if (promotedImageUri !== undefined) {
    const extra = Object.entries(build).find(([, value]) => value !== undefined)?.[0];
    if (extra)
      throw new Error(`promotedImageUri runs an image that exists, ${extra} is for building one: leave one out`);
    return { promotedImageUri: pinned("promotedImageUri", promotedImageUri) };
  }
  if (!context || !contextHash || !repositoryUrl || !cacheRepositoryUrl) {
    throw new Error(
      "context, contextHash, repositoryUrl and cacheRepositoryUrl must all be given: or give promotedImageUri",
    );
  }
  if (!/^[0-9a-f]{64}$/.test(contextHash)) {
    throw new Error(
      `contextHash must be a SHA-256 in hexadecimal, got "${contextHash}": take it from contextHash(folder)`,
    );
  }
  return { context, contextHash, architecture, repositoryUrl, cacheRepositoryUrl };
}
