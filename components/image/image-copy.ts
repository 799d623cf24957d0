import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";
import { pinned } from "./digest.ts";
import { copyLifecyclePolicy } from "./lifecycle.ts";

export interface ImageCopyArgs {
  place: Place;
  /** Last part of the repository's name `<project>-<stack>-<part>`. */
  part: string;
  /** Image or index of images in a registry that asks for no log-in, pinned by digest. */
  sourceUri: string;
  /** Whether destroying the stack may delete the copy with its repository. Defaults to false. */
  deletable?: boolean;
}

/**
 * An image of somebody else's registry in a repository of the stack, for what runs without a way to the internet. ECR's pull
 * through cache is no way around it: the first pull through an endpoint needs the internet ("Pull through cache rules" in the ECR
 * user guide). Whoever deploys copies it, byte by byte: an index keeps its digest, so the copy is the image that was pinned.
 */
export class ImageCopy extends pulumi.ComponentResource {
  readonly repositoryName: string;
  /** `<repository>@sha256:...`, once it is there. */
  readonly imageUri: pulumi.Output<string>;

  constructor(name: string, args: ImageCopyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ImageCopy", name, {}, opts);
    const { repositoryName, digest } = validated(this, () => check(args));
    const child = { parent: this };

    const repository = new aws.ecr.Repository(
      `${name}-images`,
      {
        name: repositoryName,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "AES256" }],
        forceDelete: args.deletable ?? false,
      },
      child,
    );
    new aws.ecr.LifecyclePolicy(
      `${name}-images-lifecycle`,
      { repository: repository.name, policy: copyLifecyclePolicy() },
      child,
    );
    const token = aws.ecr.getAuthorizationTokenOutput({}, child);
    const copy = new docker.Index(
      `${name}-copy`,
      {
        sources: [args.sourceUri],
        // The same image has the same tag for ever, so a copy made again finds itself there.
        tag: pulumi.interpolate`${repository.repositoryUrl}:copy-${digest.slice(7, 39)}`,
        push: true,
        registry: pulumi.secret({
          address: repository.repositoryUrl.apply((url) => url.split("/")[0]!),
          username: token.userName,
          password: pulumi.secret(token.password),
        }),
      },
      // Tasks of earlier revisions pull the copy they were made with: only the lifecycle deletes.
      { ...child, retainOnDelete: true },
    );

    this.repositoryName = repositoryName;
    // The address is no secret, although an output of a resource with a secret input comes before it.
    const at = pulumi.all([repository.repositoryUrl, copy.ref]).apply(([url]) => `${url}@${digest}`);
    this.imageUri = pulumi.unsecret(at);
    this.registerOutputs({ imageUri: this.imageUri });
  }
}

function check({ place, part, sourceUri }: ImageCopyArgs) {
  void pinned("sourceUri", sourceUri);
  return { repositoryName: physicalName(place, part, 256), digest: sourceUri.split("@")[1]! };
}
