import * as app from "./app/contract.ts";
import openApi from "./app/openapi.json" with { type: "json" };
import * as slipway from "./components/index.ts";
import { databaseUsersIn, migrationsOf, proxyOf } from "./stack/data.ts";
import { imageOf } from "./stack/image.ts";
import { placeOf, providerOf } from "./stack/place.ts";
import { serviceOf } from "./stack/services.ts";

/** The whole stack: what everything stands on, then the services, then the door in front of them, then the eyes on all of it. */
export default async function stack() {
  const settings = slipway.readSettings(app.serviceNames);
  const { tier, protect, runbookUrl } = settings;
  const provider = providerOf(settings);
  const place = await placeOf(settings, provider);
  const opts = { providers: [provider] as [typeof provider] };

  const image = await imageOf(settings, place, opts);

  const network = new slipway.Network("network", { place, ...settings.network, tasks: settings.fleet }, opts);
  const { vpcId, endpointSecurityGroupId, internet, privateSubnetIds: subnetIds } = network;
  const callersArgs = { vpcId, endpointSecurityGroupId, internet, purpose: "functions" };
  const callers = new slipway.ClientGroup("callers", callersArgs, opts);
  const inNetwork = {
    subnetIds,
    securityGroupIds: [callers.securityGroupId],
    replacementSecurityGroupIds: [network.defaultSecurityGroupId],
  };

  const { resourceServer } = app;
  const machineScopes = Object.keys(resourceServer.scopes);
  const signIn = new slipway.UserPool("sign-in", { place, resourceServer, machineScopes, ...settings.signIn }, opts);

  const ownsLogging = settings.accountLogging === "managed";
  const logging = ownsLogging ? [new slipway.ApiGatewayAccount("api-logging", { place }, opts)] : [];
  const ways = settings.fleet && slipway.privateWays(network, signIn.issuer, settings.network.cidrBlock);
  const guard = { firewall: settings.api.firewall, openPaths: slipway.openPaths(openApi) };
  const door = settings.door && { domain: settings.door, subnetIds: network.publicSubnetIds, ...guard };
  const fleetArgs = settings.fleet && { place, vpcId, subnetIds, protect, ways, door, ...settings.fleet };
  const fleet = fleetArgs && new slipway.Fleet("fleet", fleetArgs, { ...opts, dependsOn: logging });

  const clients = { callers: callers.securityGroupId, ...(fleet && { tasks: fleet.securityGroupId }) };
  const databaseArgs = { place, part: "database", databaseName: app.databaseName, ...settings.database };
  const standing = { vpcId, subnetIds: network.isolatedSubnetIds, clients };
  const database = new slipway.Database("database", { ...databaseArgs, ...standing }, opts);
  const migrationsArgs = { ...migrationsOf(database), databaseUsers: databaseUsersIn(place), imageUri: image.imageUri };
  const migrations = new slipway.Migrations(
    "migrations",
    { place, ...settings.runtime, ...inNetwork, ...migrationsArgs },
    { ...opts, dependsOn: [network, callers, database] },
  );
  const proxyArgs =
    settings.databaseProxy && proxyOf(database, place, network, callers, settings.runtime.logRetentionDays);
  const proxy = proxyArgs ? new slipway.DatabaseProxy("proxy", proxyArgs, opts) : undefined;

  const ground = { place, settings, image, network, inNetwork, database, proxy, signIn, fleet };
  const services = app.serviceNames.map((name) => serviceOf(name, ground, { ...opts, dependsOn: [migrations] }));

  const backends = Object.fromEntries(app.serviceNames.map((name, index) => [name, services[index]!.backend]));
  const { userPoolArn, scopes } = signIn;
  const api = new slipway.RestApi(
    "api",
    { place, document: openApi, services: backends, userPoolArn, scopes, ...settings.api },
    { ...opts, dependsOn: logging },
  );

  const resources: slipway.Watched[] = [
    ...services.flatMap(({ watched }) => watched),
    ...(fleet?.watched ?? []),
    { kind: "api", apiName: api.apiName, stageName: api.stageName },
    slipway.watchedDatabase(database.identifier, settings.database),
  ];
  const serviceLogGroups = services.map(({ logGroupName }) => logGroupName);
  const logGroups = { serviceLogGroups, accessLogGroup: api.accessLogGroup };
  const emails = settings.alarmEmail ? [settings.alarmEmail] : [];
  const watchArgs = { place, tier, resources, ...logGroups, runbookUrl, emails };
  const observability = new slipway.Observability("watch", watchArgs, opts);

  const { signInUrl, userPoolId, browserClientId, machineClientId } = signIn;
  return {
    apiUrl: api.url,
    ...(settings.door && { publicUrl: `https://${settings.door.name}` }),
    signInUrl,
    userPoolId,
    ...(browserClientId && { browserClientId }),
    ...(machineClientId && { machineClientId }),
    dashboardUrl: observability.dashboardUrl,
    egressCost: network.monthlyCost,
    imageUri: image.imageUri,
  };
}
