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

/** Longest description an alias may have. */
const descriptionLimit = 256;

/** A service that is a function; undefined when there is none. */
export async function findFunction(place: Place, service: string): Promise<Service | undefined> {
  const settings = { region: place.region };
  const lambda = new LambdaClient(settings);
  const functionName = physicalName(place, service, 64);
  const found = await lambda.send(new GetFunctionCommand({ FunctionName: functionName })).catch((error: Error) => {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  });
  if (!found) return undefined;
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
    async giveAll(version, description, seen) {
      const alias = { FunctionName: functionName, Name: "live", FunctionVersion: version };
      const RoutingConfig = { AdditionalVersionWeights: {} };
      const Description = description.slice(0, descriptionLimit);
      const RevisionId = seen?.revision;
      await lambda.send(new UpdateAliasCommand({ ...alias, RoutingConfig, Description, RevisionId }));
    },
    async health(path) {
      const request = { FunctionName: functionName, Qualifier: "live", Payload: Buffer.from(healthEvent(path)) };
      const { FunctionError, Payload } = await lambda.send(new InvokeCommand(request));
      return FunctionError ? undefined : JSON.parse(Buffer.from(Payload!).toString()).statusCode;
    },
    askHealth: (path) =>
      `aws lambda invoke --region ${place.region} --function-name ${functionName}:live --cli-binary-format raw-in-base64-out --payload '${healthEvent(path)}' /dev/stdout`,
  };
}

const healthEvent = (path: string) =>
  JSON.stringify({ resource: path, path, httpMethod: "GET", headers: {}, requestContext: {} });
