import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place, Settings } from "../components/index.ts";

/** AWS in the stack's region, in the one account it may touch, with its tags on everything. */
export function providerOf({ region, accountId, owner }: Settings): aws.Provider {
  const tags = { project: pulumi.getProject(), stack: pulumi.getStack(), owner, "managed-by": "pulumi" };
  const allowedAccountIds = accountId ? [accountId] : undefined;
  return new aws.Provider("aws", { region: region as aws.Region, allowedAccountIds, defaultTags: { tags } });
}

/** Where the stack lives. Names and ARNs follow from it, so these are the only questions asked of AWS beforehand. */
export async function placeOf({ region }: Settings, provider: aws.Provider): Promise<Place> {
  const { accountId } = await aws.getCallerIdentity({}, { provider });
  const { partition } = await aws.getPartition({}, { provider });
  return { partition, region, accountId, project: pulumi.getProject(), stack: pulumi.getStack() };
}
