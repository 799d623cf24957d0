import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ResourceNotFoundException,
  UpdateAliasCommand,
} from "@aws-sdk/client-lambda";
import { SFNClient } from "@aws-sdk/client-sfn";
import { aliasMachineName } from "../components/delivery/machine-names.ts";
import { stepFunctions } from "../components/delivery/shift/aws-executions.ts";
import { aliasTraffic } from "../components/delivery/shift/aws-traffic.ts";
import { stateMachineArn } from "../components/iam/arns.ts";
import { physicalName, type Place } from "../components/names.ts";
import { keptImage } from "./image.ts";
import type { Service } from "./service.ts";
import type { StackFile } from "./stack-file.ts";

/** Longest description an alias may have. */
const descriptionLimit = 256;

/** A service that is a function; undefined when there is none. */
export async function findFunction(file: StackFile, service: string): Promise<Service | undefined> {
  const settings = { region: file.region };
  const lambda = new LambdaClient(settings);
  // Account and partition follow from the function's own ARN.
  const functionName = physicalName({ ...file, partition: "aws", accountId: "" }, service, 64);
  const found = await lambda.send(new GetFunctionCommand({ FunctionName: functionName })).catch((error: Error) => {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  });
  if (!found) return undefined;
  const [, partition = "", , , accountId = ""] = found.Configuration!.FunctionArn!.split(":");
  const place: Place = { ...file, partition, accountId };
  const machineArn = stateMachineArn(place, aliasMachineName(place, service));
  return {
    ...{ service, physicalName: functionName, place, machineArn },
    traffic: aliasTraffic(lambda, functionName, "live"),
    alarms: new CloudWatchClient(settings),
    shifts: stepFunctions(new SFNClient(settings), machineArn),
    async image(version) {
      const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: functionName, Qualifier: version }));
      return keptImage(Code!.ResolvedImageUri ?? Code!.ImageUri!, settings);
    },
    async giveAll(version, description) {
      const alias = { FunctionName: functionName, Name: "live", FunctionVersion: version };
      const RoutingConfig = { AdditionalVersionWeights: {} };
      const Description = description.slice(0, descriptionLimit);
      await lambda.send(new UpdateAliasCommand({ ...alias, RoutingConfig, Description }));
    },
    async health(path) {
      const event = { resource: path, path, httpMethod: "GET", headers: {}, requestContext: {} };
      const request = { FunctionName: functionName, Qualifier: "live", Payload: Buffer.from(JSON.stringify(event)) };
      const { FunctionError, Payload } = await lambda.send(new InvokeCommand(request));
      return FunctionError ? undefined : JSON.parse(Buffer.from(Payload!).toString()).statusCode;
    },
  };
}
