import * as pulumi from "@pulumi/pulumi";

/**
 * The result of `check`. A refusal it throws becomes an error of `resource`, shown by its name and without a stack. Errors of
 * the language itself, such as a TypeError, are mistakes in the program and keep theirs.
 */
export function validated<T>(resource: pulumi.Resource, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    throw new pulumi.ResourceError(error.message, resource, true);
  }
}

/** `value` as a whole number within the bounds; fails naming the argument. Passes what is left out. */
export function wholeNumberIn<T extends number | undefined>(
  argument: string,
  value: T,
  least: number,
  most: number,
): T {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  throw new Error(`${argument} must be a whole number from ${least} to ${most}, got ${value}: change ${argument}`);
}
