import * as aws from "@pulumi/aws";
import { refuse, type Reader } from "./settings-reader.ts";

const known: readonly string[] = Object.values(aws.Region);

/** Regions of AWS that a stack cannot live in, and why. */
const unfit: readonly [RegExp, string][] = [
  // "Amazon Cognito" and "Amazon API Gateway" in Getting Started with Amazon Web Services in China.
  [/^cn-/, "China has no Cognito user pools and no Cognito authorizer of API Gateway"],
  [/^(eusc-|us-iso|eu-iso)/, "addresses there do not end in amazonaws.com, as documents and repositories here say"],
];

/**
 * A region of AWS that a stack can live in. The provider takes any text, and fails much later in a look-up of a name that nobody has.
 * The list is that of @pulumi/aws: a newer region needs a newer package.
 */
export const region: Reader<string> = (name, value) => {
  const text = String(value);
  const why = (one: string) => unfit.find(([form]) => form.test(one))?.[1];
  const reason = why(text);
  if (reason !== undefined) refuse(name, value, `a region that has all of a stack: ${reason}`);
  if (known.includes(text)) return text;
  const near = known.filter((one) => one.slice(0, 3) === text.slice(0, 3) && !why(one));
  return refuse(name, value, near.length > 0 ? `one of ${near.join(", ")}` : "a region such as eu-west-1 or us-east-2");
};
