import type { Resource } from "../../resource.ts";
import { isUnknown } from "../unknown.ts";

/** Where AWS put a resource. */
export interface Home {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Partition, region and account of a resource, from the ARN that AWS gave it; undefined while there is none. */
export function placeOf({ outputs, props }: Resource): Home | undefined {
  const arn = outputs?.["arn"] ?? props["arn"];
  if (typeof arn !== "string" || isUnknown(arn)) return undefined;
  const [scheme, partition, , region, account] = arn.split(":");
  return scheme === "arn" && partition && region && account ? { partition, region, account } : undefined;
}

/** ARN of any stream of a log group; undefined while its place is not known. */
export const groupArn = (home: Home | undefined, group: string): string | undefined =>
  home && `arn:${home.partition}:logs:${home.region}:${home.account}:log-group:${group}:log-stream:any`;
