import * as pulumi from "@pulumi/pulumi";
import * as app from "../app/contract.ts";
import openApi from "../app/openapi.json" with { type: "json" };
import * as slipway from "../components/index.ts";
import { databaseUsersIn } from "./data.ts";
import type { StackImage } from "./image.ts";

/** What a service of the app stands on. */
export interface ServiceGround {
  place: slipway.Place;
  settings: slipway.Settings;
  image: StackImage;
  network: slipway.Network;
  /** Where functions stand in the network. */
  inNetwork: Pick<slipway.ContainerFunctionArgs, "subnetIds" | "securityGroupIds" | "replacementSecurityGroupIds">;
  database: slipway.Database;
  /** What stands between functions and the database, if anything does. */
  proxy?: slipway.DatabaseProxy;
  signIn: slipway.UserPool;
  /** Present where a service runs on Fargate. */
  fleet?: slipway.Fleet;
}

/** One service of the app, as its settings want it. */
export function serviceOf(
  name: app.ServiceName,
  ground: ServiceGround,
  opts: pulumi.ComponentResourceOptions,
): slipway.Workload {
  const { place, settings, image, network, inNetwork, fleet } = ground;
  const { logLevel, ...runtime } = settings.runtime;
  const { vpcId, privateSubnetIds: subnetIds } = network;
  const { imageUri, repositoryName } = image;
  const rollout = { place, ...settings.rollout };
  const smokeTest = { request: { method: "GET", path: app.healthPath(name) } };
  return slipway.workload(
    name,
    {
      ...{ place, ...runtime, imageUri, part: name, settings: settings.services[name]! },
      environment: environmentOf(name, ground),
      permissions: [slipway.grants.connectAs(place, databaseUsersIn(place)[name])],
      asFunction: {
        ...{ ...inNetwork, command: app.lambdaCommand, logLevel },
        shift: slipway.stepwise(name, { ...rollout, smokeTest }),
      },
      asServer: {
        ...{ repositoryName, vpcId, subnetIds, fleet, shift: slipway.slotwise(name, rollout) },
        preflight: slipway.calmly(name, rollout),
        probe: {
          ...{ command: app.probeCommand, urlVariable: app.environment.probeUrl, path: app.healthPath(name) },
          replacementSecurityGroupIds: inNetwork.replacementSecurityGroupIds,
        },
        ...serverOf(name, ground),
      },
    },
    opts,
  );
}

function environmentOf(service: app.ServiceName, { place, settings, database, proxy }: ServiceGround) {
  const { environment: names } = app;
  const { allowedOrigins } = settings.api;
  const address = (settings.services[service]!.runtime === "lambda" && proxy?.address) || database.address;
  return {
    [names.service]: service,
    [names.databaseHost]: address,
    [names.databasePort]: String(database.port),
    [names.databaseName]: database.databaseName,
    [names.databaseUser]: databaseUsersIn(place)[service],
    [names.loggedService]: service,
    [names.metricsNamespace]: `${place.project}-${place.stack}`,
    [names.logLevel]: settings.runtime.logLevel,
    ...(allowedOrigins.length > 0 && { [names.allowedOrigins]: allowedOrigins.join(",") }),
  };
}

/** How a service is started, reached and told whose tokens count, where it is a server of its own. */
function serverOf(service: app.ServiceName, { settings, signIn }: ServiceGround) {
  const { environment: names } = app;
  const { issuer, browserClientId, machineClientId } = signIn;
  const paths = app.servicePaths(service);
  const crossOrigin = settings.api.allowedOrigins.length > 0;
  const clientIds = pulumi.all([browserClientId, machineClientId]).apply((ids) => ids.filter(Boolean).join(","));
  return {
    entryPoint: app.serverEntryPoint,
    command: app.serverCommand,
    user: app.serverUser,
    containerPort: app.containerPort,
    stopSeconds: app.stopSeconds,
    healthPath: app.livenessPath,
    paths,
    publicRoutes: slipway.listenerRoutes({ document: openApi, service, paths, crossOrigin }),
    tokenIssuer: issuer,
    priority: 100 * (app.serviceNames.indexOf(service) + 1),
    environment: { [names.tokenIssuer]: issuer, [names.tokenClientIds]: clientIds },
    keysVariable: names.tokenJwksUri,
  };
}
