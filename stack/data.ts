import * as app from "../app/contract.ts";
import * as slipway from "../components/index.ts";

/** The database user of each service, by service. */
export const databaseUsersIn = (place: slipway.Place): Record<app.ServiceName, string> =>
  Object.fromEntries(app.serviceNames.map((name) => [name, slipway.physicalName(place, name)])) as Record<
    app.ServiceName,
    string
  >;

/** What the migrations of the app's SQL need to know of the database. */
export const migrationsOf = (database: slipway.Database) => {
  const { identifier, resourceId, address, port, databaseName, masterSecretArn } = database;
  return {
    command: app.migrationsCommand,
    migrationsHash: slipway.migrationsHash(`${import.meta.dirname}/../app/services`),
    databaseIdentifier: identifier,
    databaseResourceId: resourceId,
    databaseAddress: address,
    databasePort: port,
    databaseName,
    masterSecretArn,
  };
};

/** The pool of connections between functions and the database. */
export function proxyOf(
  { instanceIdentifier, securityGroupId }: slipway.Database,
  place: slipway.Place,
  { vpcId, privateSubnetIds: subnetIds }: slipway.Network,
  callers: slipway.ClientGroup,
  logRetentionDays: number,
): slipway.DatabaseProxyArgs {
  const behind = { databaseIdentifier: instanceIdentifier, databaseSecurityGroupId: securityGroupId };
  const users = Object.values(databaseUsersIn(place));
  const clients = { functions: callers.securityGroupId };
  return { place, part: "proxy", ...behind, users, vpcId, subnetIds, clients, logRetentionDays };
}
