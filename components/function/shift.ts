import type * as pulumi from "@pulumi/pulumi";

/** A version that was just published. */
export interface Published {
  /** Last part of the function's name. */
  part: string;
  functionName: string;
  version: pulumi.Output<string>;
  logGroupName: pulumi.Output<string>;
  /** Its time-out. */
  timeoutSeconds: number;
  /** Whether the alias takes weights: with provisioned concurrency it does not. */
  weighted: boolean;
}

/** How a new version gets the traffic of an alias. */
export interface Shift {
  /** Whether the alias divides its traffic between two versions on the way. */
  divides: boolean;
  /** Makes what watches over the version and returns the options that put the alias behind it. */
  guard: (
    published: Published,
    opts: pulumi.ComponentResourceOptions,
  ) => Pick<pulumi.CustomResourceOptions, "dependsOn" | "hooks" | "ignoreChanges">;
}
