import type { StackFile } from "./stack-file.ts";

/** A roll-back that is done, and what the stack's files say of the image. */
export interface RolledBack extends Pick<StackFile, "project" | "stack" | "image"> {
  /** The version that lost the traffic, and its image where that is known. */
  left: string;
  leftImage: string | undefined;
  /** The image that runs now. */
  runs: string;
}

/** What makes the program agree with what runs after a roll-back, in lines. */
export function whatToCommit({ left, leftImage, runs, project, stack, image }: RolledBack): string[] {
  const file = `Pulumi.${stack}.yaml`;
  const key = `${project}:image`;
  const revert = `revert the commit that made version ${left} and let it be deployed`;
  const wait = `Until then do not run pulumi up --refresh: it would shift to version ${left} again.`;
  const intro = `The stack still wants version ${left}. To make it agree with what runs:`;
  if (leftImage === runs) {
    return [
      intro,
      `  ${revert}. Both versions run the same image, so it was a setting that changed: pinning the image changes nothing.`,
      `That publishes a new version with the old settings, which gets the traffic step by step. ${wait}`,
    ];
  }
  const same =
    leftImage === undefined
      ? [`  Which image version ${left} runs is not known: if it is this one, only the revert changes anything.`]
      : [];
  const back = image === undefined ? `config rm ${key}` : `config set ${key} ${image}`;
  return [
    intro,
    `  ${revert}, or`,
    `  pin the image that runs now: pulumi config set ${key} ${runs} --stack ${stack}, and commit ${file}.`,
    ...same,
    `  The pin is for the whole stack: all its services and its migrations go back to that image, and new ones no longer arrive by themselves.`,
    `  End it once a good image is there: pulumi ${back} --stack ${stack}, and commit ${file}.`,
    `Both publish a new version of the old code, which gets the traffic step by step. ${wait}`,
  ];
}
