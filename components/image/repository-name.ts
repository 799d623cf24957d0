import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../names.ts";

/**
 * Name of the ECR repository that `imageUri` is in, `<account>.dkr.ecr.<region>.amazonaws.com/<name>@sha256:...`: whoever runs the
 * image may pull from there and nowhere else. Fails when it is not in this account and region: Lambda takes images of its own
 * region only, and no role here reaches into another account.
 */
export function repositoryName({ accountId, region }: Place, imageUri: string): string {
  const registry = `${accountId}.dkr.ecr.${region}.amazonaws.com`;
  const [host = "", ...path] = imageUri.split("@")[0]!.split("/");
  if ((host === registry || host === `${registry}.cn`) && path.length > 0) return path.join("/");
  throw new pulumi.RunError(
    `image must be in ${registry}, the one registry this stack may pull from, got "${imageUri}": copy it there, by digest`,
  );
}
