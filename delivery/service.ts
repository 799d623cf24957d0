import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
  DescribeImagesCommand,
  ECRClient,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from "@aws-sdk/client-ecr";
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ResourceNotFoundException,
  UpdateAliasCommand,
} from "@aws-sdk/client-lambda";
import { SFNClient } from "@aws-sdk/client-sfn";
import { stepFunctions } from "../components/delivery/shift/aws-executions.ts";
import { aliasTraffic } from "../components/delivery/shift/aws-traffic.ts";
import { stateMachineArn } from "../components/iam/arns.ts";
import { physicalName, type Place } from "../components/names.ts";
import type { StackFile } from "./stack-file.ts";

/** One deployed service of a stack, by the names the program gave it. */
export type Service = NonNullable<Awaited<ReturnType<typeof findService>>>;

/** Longest description an alias may have. */
const descriptionLimit = 256;

/** The service in AWS; undefined when it is not deployed. */
export async function findService(file: StackFile, service: string) {
  const settings = { region: file.region };
  const [lambda, ecr] = [new LambdaClient(settings), new ECRClient(settings)];
  // Account and partition follow from the function's own ARN.
  const functionName = physicalName({ ...file, partition: "aws", accountId: "" }, service, 64);
  const found = await lambda.send(new GetFunctionCommand({ FunctionName: functionName })).catch((error: Error) => {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  });
  if (!found) return undefined;
  const [, partition = "", , , accountId = ""] = found.Configuration!.FunctionArn!.split(":");
  const place: Place = { ...file, partition, accountId };
  const traffic = aliasTraffic(lambda, functionName, "live");

  return {
    ...{ service, functionName, place, traffic },
    alarms: new CloudWatchClient(settings),
    shifts: stepFunctions(
      new SFNClient(settings),
      stateMachineArn(place, physicalName(place, `${service}-rollout`, 80)),
    ),
    /** The image of a version, and whether its registry still has it. */
    async image(version: string): Promise<{ uri: string; exists: boolean }> {
      const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: functionName, Qualifier: version }));
      const uri = Code!.ResolvedImageUri ?? Code!.ImageUri!;
      const [, registryId, repositoryName, imageDigest] = /^(\d+)\.dkr\.ecr\.[^/]+\/([^@]+)@(.+)$/.exec(uri) ?? [];
      try {
        await ecr.send(new DescribeImagesCommand({ registryId, repositoryName, imageIds: [{ imageDigest }] }));
        return { uri, exists: true };
      } catch (error) {
        if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException)
          return { uri, exists: false };
        throw error;
      }
    },
    /** Gives everything to a version at once and writes down why. */
    async giveAll(version: string, description: string): Promise<void> {
      const alias = { FunctionName: functionName, Name: "live", FunctionVersion: version };
      const RoutingConfig = { AdditionalVersionWeights: {} };
      const Description = description.slice(0, descriptionLimit);
      await lambda.send(new UpdateAliasCommand({ ...alias, RoutingConfig, Description }));
    },
    /** Status that the service answers to its health check behind the alias; undefined when it fails to answer. */
    async health(path: string): Promise<number | undefined> {
      const event = { resource: path, path, httpMethod: "GET", headers: {}, requestContext: {} };
      const request = { FunctionName: functionName, Qualifier: "live", Payload: Buffer.from(JSON.stringify(event)) };
      const { FunctionError, Payload } = await lambda.send(new InvokeCommand(request));
      return FunctionError ? undefined : JSON.parse(Buffer.from(Payload!).toString()).statusCode;
    },
  };
}
