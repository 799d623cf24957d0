import type * as pulumi from "@pulumi/pulumi";
import { keysEndpoint } from "./network/endpoint-uses.ts";
import type { Network } from "./network/network.ts";

/** How tasks reach what they need where the network has no way to the internet. */
export interface PrivateWays {
  /** Security group of the network's interface endpoints. */
  endpointSecurityGroupId: pulumi.Input<string>;
  /** List of S3's addresses, where the layers of images lie. */
  storagePrefixListId: pulumi.Input<string>;
  /** Issuer of the tokens. */
  issuer: pulumi.Input<string>;
  /** Addresses of the network. */
  cidrBlock: string;
}

/** The ways of tasks in `network` to images, keys and AWS; undefined where they have the internet. Fails where there is neither. */
export function privateWays(
  { internet, endpointSecurityGroupId, storagePrefixListId, endpoints }: Network,
  issuer: pulumi.Input<string>,
  cidrBlock: string,
): PrivateWays | undefined {
  if (internet) return undefined;
  if (!endpointSecurityGroupId || !storagePrefixListId || !endpoints.includes(keysEndpoint)) {
    throw new Error(`endpoints must have ${keysEndpoint} where tasks run without the internet: give the network tasks`);
  }
  return { endpointSecurityGroupId, storagePrefixListId, issuer, cidrBlock };
}
