/** One resource as plain data, whoever recorded it: the engine, the recorded graph, or a test. */
export interface Resource {
  /** Type token, for example `aws:lambda/function:Function`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** URN, when an engine gave one. */
  readonly urn?: string;
  /** Logical name or URN of the parent; none for a resource of the stack itself. */
  readonly parent?: string;
  /** Inputs, secrets opened. Unknown values are one of the SDK's sentinels (`facts/unknown.ts`). */
  readonly props: Properties;
  /** What AWS answered or would answer: ids and ARNs that other resources refer to. Needed by rules over the whole stack only. */
  readonly outputs?: Properties;
  readonly options?: ResourceOptions;
  /** For each property, URNs or logical names of the resources its value comes from; tells where an unknown value points. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

export type Properties = Readonly<Record<string, unknown>>;

/** The resource options the engine shows to a policy. */
export interface ResourceOptions {
  readonly protect?: boolean;
}

/** The resources of the given types. */
export const ofType = (resources: readonly Resource[], ...types: string[]): Resource[] =>
  resources.filter(({ type }) => types.includes(type));

/** The two types one and the same bucket may have in version 7 of the AWS provider. */
export const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
