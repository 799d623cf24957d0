import type { AliasTable } from "../lambda/aliases.ts";
import type { FunctionSpec } from "../lambda/function-spec.ts";
import type { LambdaHost } from "../lambda/lambda-host.ts";
import type { LocalTraffic } from "./local-traffic.ts";
import type { AliasCalls } from "./machine.ts";

export interface AliasTrafficOptions {
  functions: FunctionSpec[];
  aliases: AliasTable;
  host: Pick<LambdaHost, "publish">;
}

/** Functions behind their aliases `live`. */
export class AliasTraffic implements LocalTraffic {
  readonly #options: AliasTrafficOptions;
  readonly #newest: Map<string, FunctionSpec>;

  constructor(options: AliasTrafficOptions) {
    this.#options = options;
    this.#newest = new Map(options.functions.map((spec) => [spec.functionName, spec]));
  }

  get names(): string[] {
    return [...this.#newest.keys()];
  }

  publish(functionName: string, environment: Record<string, string>): string {
    const newest = this.#newest.get(functionName)!;
    const version = String(Number(newest.version) + 1);
    const spec = { ...newest, version, environment: { ...newest.environment, ...environment } };
    // The next version starts from what works.
    this.#newest.set(functionName, { ...newest, version });
    this.#options.host.publish(spec);
    return version;
  }

  serving(functionName: string): string {
    return this.#options.aliases.find(functionName, "live")!.functionVersion;
  }

  readonly calls: AliasCalls = {
    updateAlias: ({ FunctionName, Name, FunctionVersion, RoutingConfig }) =>
      this.#options.aliases.set(FunctionName, Name, {
        functionVersion: FunctionVersion,
        additionalVersionWeights: RoutingConfig?.AdditionalVersionWeights ?? {},
      }),
  };
}
