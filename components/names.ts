/** Where one stack lives: every chosen name and every ARN of the stack follows from these five words. */
export interface Place {
  /** AWS partition, `aws` outside China and GovCloud. */
  partition: string;
  /** Region, for example `eu-west-1`. */
  region: string;
  /** Account, twelve digits. */
  accountId: string;
  /** Pulumi project. */
  project: string;
  /** Pulumi stack. */
  stack: string;
}

/**
 * The physical name `<project>-<stack>-<part>` of something an IAM document mentions, so that its ARN is known at preview.
 * `limit` is the longest name the service accepts; 63 unless told, the shortest of the services used here.
 * Fails on a part or a result the services refuse, before anything is created.
 */
export function physicalName(place: Place, part: string, limit = 63): string {
  const name = `${place.project}-${place.stack}-${part}`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(
      `name "${name}" must be lower-case words joined by single hyphens: rename the project, the stack or "${part}"`,
    );
  }
  if (name.length > limit) {
    throw new Error(
      `name "${name}" has ${name.length} characters, the service allows ${limit}: shorten the project, the stack or "${part}"`,
    );
  }
  return name;
}

/** Characters that Pulumi adds to a name it chooses itself: a hyphen and seven random digits. */
const randomness = 8;

/** `name`, the logical name of something that Pulumi names by it. Fails where that is longer than the `limit` of the service. */
export function autonamed(name: string, limit: number): string {
  if (name.length + randomness > limit) {
    const most = limit - randomness;
    throw new Error(
      `name "${name}" has ${name.length} characters, AWS leaves room for ${most}: shorten the part before it`,
    );
  }
  return name;
}

/** The path `/<project>/<stack>/<part>` under which the stack's parameters live. */
export function parameterName(place: Place, part: string): string {
  return `/${place.project}/${place.stack}/${part}`;
}
