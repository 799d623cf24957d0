import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { functionArn, repositoryArn } from "../iam/arns.ts";
import { document, type Statement } from "../iam/document.ts";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";
import { contextTagPrefix } from "./build.ts";
import { cacheLifecyclePolicy, lifecyclePolicy } from "./lifecycle.ts";

export interface ImageRegistryArgs {
  /** Where the stack lives: names and ARNs follow from it. */
  place: Place;
  /** Last part of the repository's name `<project>-<stack>-<part>`. */
  part: string;
  /** Newest images kept, at least 20 and 10 more than `keptVersions`. The one that is live counts by its push, too. Defaults to 30. */
  keepImages?: number;
  /** Versions that a rollback may go back to, counted in images. Defaults to 10. */
  keptVersions?: number;
  /** KMS key for the images. Defaults to ECR's own AES-256 keys. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Whether destroying the stack may delete images with the repository. Defaults to false; a cache may always be deleted. */
  deletable?: boolean;
  /** Whether there is a repository for the build cache. Defaults to true; false where nothing is built. */
  cache?: boolean;
}

/**
 * A container registry that a deployment can rely on: tags that stay, scan on push, and a lifecycle that takes no image away
 * which a version needs, as long as no `keepImages` pushes in a row fail to go live. Tags that the program itself gives by the
 * content of its context may move: an update that broke off after its push builds again, and another build of the same context
 * has other bytes. Nothing runs by such a tag, all by digest. The build cache has a repository of its own, because its ever-moving tag would leave an
 * untagged image behind at each build, and those would count against the images worth keeping.
 */
export class ImageRegistry extends pulumi.ComponentResource {
  readonly repositoryName: string;
  readonly repositoryArn: string;
  /** Where images are pushed: `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly repositoryUrl: pulumi.Output<string>;
  /** Where the build cache is pushed; undefined without one. */
  readonly cacheRepositoryUrl?: pulumi.Output<string>;

  constructor(name: string, args: ImageRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ImageRegistry", name, {}, opts);
    const { repositoryName, cacheName, lifecycle } = validated(this, () => check(args));
    const child = { parent: this };

    const common = {
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [
        args.kmsKeyArn ? { encryptionType: "KMS", kmsKey: args.kmsKeyArn } : { encryptionType: "AES256" },
      ],
    };
    const images = new aws.ecr.Repository(
      `${name}-images`,
      {
        ...common,
        name: repositoryName,
        forceDelete: args.deletable ?? false,
        imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters: [{ filter: `${contextTagPrefix}*`, filterType: "WILDCARD" }],
      },
      child,
    );
    new aws.ecr.LifecyclePolicy(`${name}-images-lifecycle`, { repository: images.name, policy: lifecycle }, child);
    new aws.ecr.RepositoryPolicy(
      `${name}-images-access`,
      { repository: images.name, policy: document(pullForFunctions(args.place)) },
      child,
    );

    this.repositoryName = repositoryName;
    this.repositoryArn = repositoryArn(args.place, repositoryName);
    this.repositoryUrl = images.repositoryUrl;
    if (args.cache ?? true)
      this.cacheRepositoryUrl = cacheRepository(name, { ...common, name: cacheName }, child).repositoryUrl;
    this.registerOutputs({ repositoryUrl: this.repositoryUrl, cacheRepositoryUrl: this.cacheRepositoryUrl });
  }
}

/** Nothing is lost with a cache, so it goes with the stack, or as soon as nothing is built any more. */
function cacheRepository(name: string, args: aws.ecr.RepositoryArgs, child: { parent: pulumi.Resource }) {
  const cache = new aws.ecr.Repository(
    `${name}-cache`,
    {
      ...args,
      forceDelete: true,
      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilters: [{ filter: "cache-*", filterType: "WILDCARD" }],
    },
    child,
  );
  const expiry = { repository: cache.name, policy: cacheLifecyclePolicy() };
  new aws.ecr.LifecyclePolicy(`${name}-cache-lifecycle`, expiry, child);
  return cache;
}

/**
 * What Lambda needs to fetch images. Lambda would add it by itself, unconditionally, if whoever deploys may rewrite the
 * repository's policy; declared here it is narrower, visible at preview and no drift.
 */
const pullForFunctions = (place: Place): Statement => ({
  sid: "PullForFunctions",
  principals: { Service: "lambda.amazonaws.com" },
  actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  conditions: { StringLike: { "aws:SourceArn": functionArn(place, `${place.project}-*`) } },
});

function check({ place, part, keepImages = 30, keptVersions = 10 }: ImageRegistryArgs) {
  return {
    repositoryName: physicalName(place, part, 256),
    cacheName: physicalName(place, `${part}-cache`, 256),
    lifecycle: lifecyclePolicy(keepImages, keptVersions),
  };
}
