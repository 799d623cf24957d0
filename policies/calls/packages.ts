import { existsSync, readFileSync } from "node:fs";

/** The name of the package that a specifier leads into: `@aws-sdk/client-s3` of `@aws-sdk/client-s3/dist`. */
export const packageOf = (specifier: string): string =>
  specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

/** The packages that a folder's code may import, by where npm laid them. */
export class Packages {
  readonly #folders: readonly string[];
  readonly #signing = new Map<string, string>();
  readonly #reaching = new Map<string, boolean>();

  /** `folders` hold packages, the nearest first. */
  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** The name under which a client of the AWS SDK signs its requests, which is the service's IAM prefix nearly always. */
  signingName(client: string): string | undefined {
    const known = this.#signing.get(client);
    if (known !== undefined) return known;
    const file = this.#find(`${client}/dist-es/endpoint/EndpointParameters.js`);
    const [, name] = /defaultSigningName: "([\w-]+)"/.exec(file ? readFileSync(file, "utf8") : "") ?? [];
    if (name !== undefined) this.#signing.set(client, name);
    return name;
  }

  /** Whether a client has an operation; false also for a client that is not installed. */
  hasOperation(client: string, operation: string): boolean {
    return this.#find(`${client}/dist-types/commands/${operation}Command.d.ts`) !== undefined;
  }

  /** The operation that a waiter of a client asks with, from its declaration. */
  waitsWith(client: string, waiter: string): string | undefined {
    const name = waiter.replace(/^waitUntil/, "waitFor");
    const file = this.#find(`${client}/dist-types/waiters/${name}.d.ts`);
    return /input: (\w+)CommandInput/.exec(file ? readFileSync(file, "utf8") : "")?.[1];
  }

  /** Whether a package, or one that it needs, can sign requests to AWS. */
  reachesAws(name: string): boolean {
    const known = this.#reaching.get(name);
    if (known !== undefined) return known;
    this.#reaching.set(name, false);
    const file = this.#find(`${name}/package.json`);
    const { dependencies = {}, peerDependencies = {} } = (file ? JSON.parse(readFileSync(file, "utf8")) : {}) as {
      dependencies?: object;
      peerDependencies?: object;
    };
    const needs = Object.keys({ ...dependencies, ...peerDependencies });
    const reaches = signers.has(name) || needs.some((one) => isClient(one) || this.reachesAws(one));
    this.#reaching.set(name, reaches);
    return reaches;
  }

  #find(path: string): string | undefined {
    return this.#folders.map((folder) => `${folder}/${path}`).find((file) => existsSync(file));
  }
}

export const isClient = (name: string): boolean => name.startsWith("@aws-sdk/client-") || name === "aws-sdk";

const signers = new Set(["@smithy/signature-v4", "aws4", "aws4fetch", "aws-sdk"]);
