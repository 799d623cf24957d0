import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
  UpdateAliasCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import type { Traffic } from "./ports.ts";

/** The traffic of an alias. `FunctionName` may be the function's ARN. */
export function aliasTraffic(client: Pick<LambdaClient, "send">, FunctionName: string, Name: string): Traffic {
  return {
    async serving() {
      const alias = await found(client.send(new GetAliasCommand({ FunctionName, Name })));
      if (!alias) return undefined;
      const { FunctionVersion, RoutingConfig, RevisionId } = alias;
      return {
        version: FunctionVersion!,
        weights: RoutingConfig?.AdditionalVersionWeights ?? {},
        revision: RevisionId,
      };
    },
    async exists(version) {
      const asked = client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: version }));
      return (await found(asked)) !== undefined;
    },
    async giveAll(version, seen) {
      const wanted = { FunctionVersion: version, RoutingConfig: { AdditionalVersionWeights: {} } };
      await client.send(new UpdateAliasCommand({ FunctionName, Name, ...wanted, RevisionId: seen?.revision }));
    },
  };
}

async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
