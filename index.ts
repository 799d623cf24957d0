import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as app from "./app/contract.ts";
import openApi from "./app/openapi.json" with { type: "json" };
import * as slipway from "./components/index.ts";

/** The whole stack: settings, then what everything stands on, then the services, then the door in front, then the watch over all. */
export default async function stack() {
  const settings = slipway.readSettings(app.serviceNames);
  const provider = providerOf(settings);
  const place = await placeOf(settings.region, provider);
  const opts = { providers: [provider] };
  const { architecture, logRetentionDays, logLevel, protect } = settings;

  const registry = new slipway.ImageRegistry("registry", { place, part: "app", deletable: !protect }, opts);
  const image = new slipway.ImageBuild("image", await imageOf(settings, place, registry, provider), opts);

  const { egress, availabilityZones, cidrBlock, flowLogs } = settings;
  const network = new slipway.Network(
    "network",
    { place, egress, availabilityZones, cidrBlock, flowLogs, logRetentionDays },
    opts,
  );
  const inNetwork = { vpcId: network.vpcId, endpointSecurityGroupId: network.endpointSecurityGroupId };
  const callers = new slipway.ClientGroup("callers", { ...inNetwork, purpose: "services and migrations" }, opts);
  const database = new slipway.Database(
    "database",
    {
      place,
      part: "database",
      databaseName: app.databaseName,
      vpcId: network.vpcId,
      subnetIds: network.isolatedSubnetIds,
      clients: { callers: callers.securityGroupId },
      instanceClass: settings.instanceClass,
      storageGiB: settings.storageGiB,
      backupRetentionDays: settings.backupRetentionDays,
      multiAz: settings.multiAz,
      enhancedMonitoring: settings.tier === "prod",
      protect,
      logRetentionDays,
    },
    opts,
  );

  const runtime = {
    place,
    imageUri: image.imageUri,
    architecture,
    logRetentionDays,
    logLevel,
    subnetIds: network.privateSubnetIds,
    securityGroupIds: [callers.securityGroupId],
    replacementSecurityGroupIds: [network.defaultSecurityGroupId],
  };
  const databaseUsers = Object.fromEntries(
    app.serviceNames.map((service) => [service, slipway.physicalName(place, service)]),
  );
  const migrations = new slipway.Migrations(
    "migrations",
    {
      ...runtime,
      command: app.migrationsCommand,
      migrationsHash: slipway.migrationsHash(`${import.meta.dirname}/app/services`),
      databaseIdentifier: database.identifier,
      databaseAddress: database.address,
      databasePort: database.port,
      databaseName: database.databaseName,
      masterSecretArn: database.masterSecretArn,
      databaseUsers,
    },
    { ...opts, dependsOn: [network, callers, database] },
  );

  const service = (name: app.ServiceName) => {
    const databaseUser = databaseUsers[name]!;
    const { environment } = app;
    const variables = {
      [environment.service]: name,
      [environment.databaseHost]: database.address,
      [environment.databasePort]: String(database.port),
      [environment.databaseName]: database.databaseName,
      [environment.databaseUser]: databaseUser,
      [environment.loggedService]: name,
      [environment.metricsNamespace]: `${place.project}-${place.stack}`,
      [environment.logLevel]: logLevel,
    };
    const permissions = [slipway.grants.connectAs(place, databaseUser)];
    const args = {
      ...runtime,
      ...settings.services[name],
      part: name,
      command: app.lambdaCommand,
      environment: variables,
      permissions,
    };
    return new slipway.ContainerFunction(name, args, { ...opts, dependsOn: [migrations] });
  };
  const services = Object.fromEntries(app.serviceNames.map((name) => [name, service(name)]));

  const signIn = new slipway.UserPool(
    "sign-in",
    {
      place,
      resourceServer: app.resourceServer,
      machineScopes: Object.keys(app.resourceServer.scopes),
      callbackUrls: settings.callbackUrls,
      logoutUrls: settings.logoutUrls,
      mfa: settings.mfa,
      userPoolTier: settings.userPoolTier,
      passwordSignIn: settings.passwordSignIn,
      deletionProtection: protect,
    },
    opts,
  );
  const logging =
    settings.accountLogging === "managed" ? [new slipway.ApiGatewayAccount("api-logging", { place }, opts)] : [];
  const api = new slipway.RestApi(
    "api",
    {
      place,
      document: openApi,
      services: Object.fromEntries(Object.entries(services).map(([name, fn]) => [name, backendOf(fn)])),
      userPoolArn: signIn.userPoolArn,
      scopes: signIn.scopes,
      allowedOrigins: settings.allowedOrigins,
      throttleRate: settings.throttleRate,
      throttleBurst: settings.throttleBurst,
      firewall: settings.firewall,
      logRetentionDays,
    },
    { ...opts, dependsOn: logging },
  );

  return {
    apiUrl: api.url,
    signInUrl: signIn.signInUrl,
    userPoolId: signIn.userPoolId,
    browserClientId: signIn.browserClientId,
    machineClientId: signIn.machineClientId,
    imageUri: image.imageUri,
  };
}

/** Built from `app/` here, or the one the pipeline promoted, or the one the stack names. */
async function imageOf(
  { image, architecture }: slipway.Settings,
  place: slipway.Place,
  registry: slipway.ImageRegistry,
  provider: aws.Provider,
) {
  if (image === "build") {
    const { repositoryUrl, cacheRepositoryUrl } = registry;
    return {
      context: "app",
      contextHash: slipway.contextHash(`${import.meta.dirname}/app`),
      architecture,
      repositoryUrl,
      cacheRepositoryUrl,
    };
  }
  if (image !== "promoted") return { promotedImageUri: image };
  const { value } = await aws.ssm.getParameter({ name: slipway.parameterName(place, "image") }, { provider });
  return { promotedImageUri: value };
}

const backendOf = ({ functionName, liveName }: slipway.ContainerFunction) => ({
  runtime: "lambda" as const,
  functionName,
  alias: liveName,
});

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
