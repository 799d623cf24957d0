import * as pulumi from "@pulumi/pulumi";

/**
 * `uri` if it names one image for ever, `<repository>@sha256:<64 hex digits>`. A value that is not known yet is checked
 * when it is: the update fails then instead of running an image that can change under its tag.
 */
export function pinned(argument: string, uri: pulumi.Input<string>): pulumi.Input<string> {
  return typeof uri === "string"
    ? pinnedText(argument, uri)
    : pulumi.output(uri).apply((known) => pinnedText(argument, known));
}

function pinnedText(argument: string, uri: string): string {
  if (/^[^@\s]+@sha256:[0-9a-f]{64}$/.test(uri)) return uri;
  throw new Error(`${argument} must be pinned by digest, got "${uri}": use <repository>@sha256:<64 hex digits>`);
}
