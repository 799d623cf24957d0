import {
  DescribeImagesCommand,
  ECRClient,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from "@aws-sdk/client-ecr";

/** An image, and whether its registry still has it. */
export interface KeptImage {
  uri: string;
  exists: boolean;
}

/** Looks an image of ECR up by its digest. */
export async function keptImage(uri: string, settings: { region: string }): Promise<KeptImage> {
  const [, registryId, repositoryName, imageDigest] = /^(\d+)\.dkr\.ecr\.[^/]+\/([^@]+)@(.+)$/.exec(uri) ?? [];
  const asked = new DescribeImagesCommand({ registryId, repositoryName, imageIds: [{ imageDigest }] });
  try {
    await new ECRClient(settings).send(asked);
    return { uri, exists: true };
  } catch (error) {
    if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException)
      return { uri, exists: false };
    throw error;
  }
}
