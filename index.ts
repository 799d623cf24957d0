import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as app from "./app/contract.ts";
import openApi from "./app/openapi.json" with { type: "json" };
import * as slipway from "./components/index.ts";

/** The whole stack: what everything stands on, then the services, then the door in front of them, then the eyes on all of it. */
export default async function stack() {
  const settings = slipway.readSettings(app.serviceNames);
  const { tier, protect, runtime, runbookUrl } = settings;
  const provider = providerOf(settings);
  const place = await placeOf(settings.region, provider);
  const opts = { providers: [provider] };

  const registry = new slipway.ImageRegistry("registry", { place, part: "app", deletable: !protect }, opts);
  const promotedImageUri = await promotedImage(settings, place, provider);
  const image = new slipway.ImageBuild("image", imageOf(settings, registry, promotedImageUri), opts);

  const network = new slipway.Network("network", { place, ...settings.network, tasks: settings.fleet }, opts);
  const { vpcId, endpointSecurityGroupId, internet, privateSubnetIds, isolatedSubnetIds } = network;
  const callersArgs = { vpcId, endpointSecurityGroupId, internet, purpose: "functions" };
  const callers = new slipway.ClientGroup("callers", callersArgs, opts);

  const { resourceServer } = app;
  const machineScopes = Object.keys(resourceServer.scopes);
  const signIn = new slipway.UserPool("sign-in", { place, resourceServer, machineScopes, ...settings.signIn }, opts);
  const { userPoolArn, scopes } = signIn;

  const ownsLogging = settings.accountLogging === "managed";
  const logging = ownsLogging ? [new slipway.ApiGatewayAccount("api-logging", { place }, opts)] : [];
  const ways = settings.fleet && slipway.privateWays(network, signIn.issuer, settings.network.cidrBlock);
  const { firewall, allowedOrigins } = settings.api;
  const door = settings.door && { domain: settings.door, subnetIds: network.publicSubnetIds, firewall };
  const stands = { place, vpcId, subnetIds: privateSubnetIds, protect, ways, door };
  const fleetArgs = settings.fleet && { ...stands, ...settings.fleet };
  const fleet = fleetArgs && new slipway.Fleet("fleet", fleetArgs, { ...opts, dependsOn: logging });
  const databaseArgs = { ...settings.database, part: "database", databaseName: app.databaseName };
  const clients = { callers: callers.securityGroupId, ...(fleet && { tasks: fleet.securityGroupId }) };
  const database = new slipway.Database(
    "database",
    { place, ...databaseArgs, vpcId, subnetIds: isolatedSubnetIds, clients },
    opts,
  );

  const inNetwork = {
    subnetIds: privateSubnetIds,
    securityGroupIds: [callers.securityGroupId],
    replacementSecurityGroupIds: [network.defaultSecurityGroupId],
  };
  const { logLevel, ...common } = { place, ...runtime, imageUri: image.imageUri };
  const databaseUsers = Object.fromEntries(app.serviceNames.map((name) => [name, slipway.physicalName(place, name)]));
  const migrations = new slipway.Migrations(
    "migrations",
    { ...common, logLevel, ...inNetwork, ...migrationsOf(database), databaseUsers },
    { ...opts, dependsOn: [network, callers, database] },
  );
  const repositoryName = promotedImageUri ? slipway.repositoryName(place, promotedImageUri) : registry.repositoryName;
  const rollout = { place, ...settings.rollout };
  const shiftOf = (name: app.ServiceName) =>
    slipway.stepwise(name, { ...rollout, smokeTest: { request: { method: "GET", path: app.healthPath(name) } } });
  const proxy = settings.databaseProxy
    ? new slipway.DatabaseProxy("proxy", proxyOf(database, { place, databaseUsers, network, callers }), opts)
    : undefined;
  const services = app.serviceNames.map((name) => {
    const user = databaseUsers[name]!;
    const address = (settings.services[name]!.runtime === "lambda" && proxy?.address) || database.address;
    const args = {
      ...{ ...common, part: name, settings: settings.services[name]! },
      environment: environmentOf(name, { place, database, address, user, logLevel, allowedOrigins }),
      permissions: [slipway.grants.connectAs(place, user)],
      asFunction: { ...inNetwork, command: app.lambdaCommand, logLevel, shift: shiftOf(name) },
      asServer: {
        ...{ repositoryName, vpcId, subnetIds: privateSubnetIds, fleet, shift: slipway.slotwise(name, rollout) },
        preflight: slipway.calmly(name, rollout),
        ...serverOf(name, signIn, allowedOrigins.length > 0),
      },
    };
    return slipway.workload(name, args, { ...opts, dependsOn: [migrations] });
  });

  const backends = Object.fromEntries(app.serviceNames.map((name, index) => [name, services[index]!.backend]));
  const api = new slipway.RestApi(
    "api",
    { place, document: openApi, services: backends, userPoolArn, scopes, ...settings.api },
    { ...opts, dependsOn: logging },
  );

  const emails = settings.alarmEmail ? [settings.alarmEmail] : [];
  const serviceLogGroups = services.map(({ logGroupName }) => logGroupName);
  const resources: slipway.Watched[] = [
    ...services.flatMap(({ watched }) => watched),
    ...(fleet?.watched ?? []),
    { kind: "api", apiName: api.apiName, stageName: api.stageName },
    slipway.watchedDatabase(database.identifier, settings.database),
  ];
  const observability = new slipway.Observability(
    "watch",
    { place, tier, resources, serviceLogGroups, accessLogGroup: api.accessLogGroup, runbookUrl, emails },
    opts,
  );

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

/** AWS in the stack's region, in the one account it may touch, with its tags on everything. */
function providerOf({ region, accountId, owner }: slipway.Settings): aws.Provider {
  const tags = { project: pulumi.getProject(), stack: pulumi.getStack(), owner, "managed-by": "pulumi" };
  const allowedAccountIds = accountId ? [accountId] : undefined;
  return new aws.Provider("aws", { region: region as aws.Region, allowedAccountIds, defaultTags: { tags } });
}

async function placeOf(region: string, provider: aws.Provider): Promise<slipway.Place> {
  const { accountId } = await aws.getCallerIdentity({}, { provider });
  const { partition } = await aws.getPartition({}, { provider });
  return { partition, region, accountId, project: pulumi.getProject(), stack: pulumi.getStack() };
}

/** The image that the pipeline promoted, or that the stack names; undefined where it is built here. */
async function promotedImage({ image }: slipway.Settings, place: slipway.Place, provider: aws.Provider) {
  if (image !== "promoted") return image === "build" ? undefined : image;
  return (await aws.ssm.getParameter({ name: slipway.parameterName(place, "image") }, { provider })).value;
}

function imageOf(
  { runtime }: slipway.Settings,
  { repositoryUrl, cacheRepositoryUrl }: slipway.ImageRegistry,
  promotedImageUri: string | undefined,
): slipway.ImageBuildArgs {
  if (promotedImageUri) return { promotedImageUri };
  const contextHash = slipway.contextHash(`${import.meta.dirname}/app`);
  return { context: "app", contextHash, architecture: runtime.architecture, repositoryUrl, cacheRepositoryUrl };
}

const migrationsOf = ({ identifier, resourceId, address, port, databaseName, masterSecretArn }: slipway.Database) => ({
  command: app.migrationsCommand,
  migrationsHash: slipway.migrationsHash(`${import.meta.dirname}/app/services`),
  databaseIdentifier: identifier,
  databaseResourceId: resourceId,
  databaseAddress: address,
  databasePort: port,
  databaseName,
  masterSecretArn,
});

/** The pool of connections between functions and the database. */
function proxyOf(
  { instanceIdentifier, securityGroupId }: slipway.Database,
  stands: {
    place: slipway.Place;
    databaseUsers: Record<string, string>;
    network: slipway.Network;
    callers: slipway.ClientGroup;
  },
): slipway.DatabaseProxyArgs {
  const { place, databaseUsers, network, callers } = stands;
  const { vpcId, privateSubnetIds: subnetIds } = network;
  const behind = { databaseIdentifier: instanceIdentifier, databaseSecurityGroupId: securityGroupId };
  const users = Object.values(databaseUsers);
  return { place, part: "proxy", ...behind, users, vpcId, subnetIds, clients: { functions: callers.securityGroupId } };
}

interface ServiceContext {
  place: slipway.Place;
  database: slipway.Database;
  /** Host name of the database, or of what stands in front of it. */
  address: pulumi.Output<string>;
  user: string;
  logLevel: string;
  allowedOrigins: string[];
}

function environmentOf(
  service: app.ServiceName,
  { place, database, address, user, logLevel, allowedOrigins }: ServiceContext,
) {
  const { environment: names } = app;
  return {
    [names.service]: service,
    [names.databaseHost]: address,
    [names.databasePort]: String(database.port),
    [names.databaseName]: database.databaseName,
    [names.databaseUser]: user,
    [names.loggedService]: service,
    [names.metricsNamespace]: `${place.project}-${place.stack}`,
    [names.logLevel]: logLevel,
    ...(allowedOrigins.length > 0 && { [names.allowedOrigins]: allowedOrigins.join(",") }),
  };
}

/** How a service is started, reached and told whose tokens count, where it is a server of its own. */
function serverOf(
  service: app.ServiceName,
  { issuer, browserClientId, machineClientId }: slipway.UserPool,
  crossOrigin: boolean,
): Omit<slipway.ServerSide, "repositoryName" | "vpcId" | "subnetIds" | "fleet" | "shift"> {
  const { environment: names } = app;
  const paths = app.servicePaths(service);
  const clientIds = pulumi.all([browserClientId, machineClientId]).apply((ids) => ids.filter(Boolean).join(","));
  return {
    entryPoint: app.serverEntryPoint,
    command: app.serverCommand,
    user: app.serverUser,
    containerPort: app.containerPort,
    stopSeconds: app.stopSeconds,
    healthPath: app.healthPath(service),
    paths,
    publicRoutes: slipway.listenerRoutes({ document: openApi, service, paths, crossOrigin }),
    tokenIssuer: issuer,
    priority: 100 * (app.serviceNames.indexOf(service) + 1),
    environment: { [names.tokenIssuer]: issuer, [names.tokenClientIds]: clientIds },
    keysVariable: names.tokenJwksUri,
  };
}
