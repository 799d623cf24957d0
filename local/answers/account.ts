// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the provider's, not ours
export type Inputs = Record<string, any>;

/** Outputs by type token, computed from the logical name and the inputs; merged over the inputs. An `id` sets the physical id. */
export type Answers = Record<string, (name: string, inputs: Inputs) => Inputs>;

/** Account and region in which recorded programs live: the account is the one AWS uses in its own examples. */
export const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" } as const;

/** An ARN in that account and region; `region` may be empty for the global services. */
export const arn = (service: string, resource: string, region: string = account.region) =>
  `arn:${account.partition}:${service}:${region}:${account.accountId}:${resource}`;

/** The name in the inputs, or the one autonaming would give. */
export const named = (name: string, inputs: Inputs, key = "name"): string => inputs[key] ?? `${name}-7f3a9c`;
