/** What infrastructure and the app agree on. Plain constants and no imports, so that either side can read it alone. */

/** The services of the image; `SERVICE` picks one. */
export const serviceNames = ["patients", "appointments"] as const;

export type ServiceName = (typeof serviceNames)[number];

/** The Cognito resource server. A token carries a scope as `<identifier>/<scope>`. */
export const resourceServer = {
  identifier: "clinic",
  scopes: {
    "patients.read": "Read patients",
    "patients.write": "Register and change patients",
    "appointments.read": "Read appointments",
    "appointments.write": "Book, move and cancel appointments",
  },
} as const;

export type Scope = keyof typeof resourceServer.scopes;

/** The scope as it stands in tokens and in the gateway's document, for example `clinic/patients.read`. */
export function tokenScope(scope: Scope): `clinic/${Scope}` {
  return `${resourceServer.identifier}/${scope}`;
}

/** Command of the container function that answers HTTP: module `hosts/lambda`, export `handler`. */
export const lambdaCommand = ["hosts/lambda.handler"];

/** Command of the container function that applies the SQL migrations. */
export const migrationsCommand = ["hosts/migrate.handler"];

/** Command of the container function that asks the next revision of a plain server for its health, before that has any traffic. */
export const probeCommand = ["hosts/probe.handler"];

/** Entry point and command of the same image as a plain HTTP server, relative to the image's working directory. */
export const serverEntryPoint = ["/var/lang/bin/node"];
export const serverCommand = ["hosts/server.mjs"];

/** Numeric user and group the plain server runs as; Lambda brings its own. */
export const serverUser = "1000:1000";

/** Port of the plain HTTP server unless `PORT` says otherwise. */
export const containerPort = 8080;

/** Seconds a plain server takes at most from SIGTERM to its end; give the container a longer stop timeout. */
export const stopSeconds = 25;

/** Largest request body in bytes; a larger one is answered 413. */
export const maxBodyBytes = 65_536;

/**
 * Where load balancers ask a task, on its own port and by no listener's rule: 503 until its database has answered once, then 200 as long
 * as the process answers.
 */
export const livenessPath = "/alive";

/** Public path that answers 200 while the service and its database answer, 503 otherwise: for people, smoke tests and uptime checks. */
export function healthPath(service: ServiceName): `/health/${ServiceName}` {
  return `/health/${service}`;
}

/** Paths of the service, as load balancers match them: `*` stands for any characters. */
export function servicePaths(service: ServiceName): string[] {
  return [`/${service}`, `/${service}/*`, healthPath(service)];
}

/** Name of the database on the server; each service has the schema of its own name in it. */
export const databaseName = "clinic";

/** Environment of every host, by what it is for. */
export const environment = {
  service: "SERVICE",
  databaseHost: "DATABASE_HOST",
  databasePort: "DATABASE_PORT",
  databaseName: "DATABASE_NAME",
  /** The service logs in as this user by IAM token. */
  databaseUser: "DATABASE_USER",
  /** Connection string that replaces all of the four above, without TLS: for a laptop. */
  databaseUrl: "DATABASE_URL",
  /** PEM file of the authorities that may sign the database's certificate. Defaults to the one of the Lambda base image. */
  databaseCaFile: "DATABASE_CA_FILE",
  /** Migration function: secret of the owner, JSON with `username` and `password`. */
  databaseSecretArn: "DATABASE_SECRET_ARN",
  /** Migration function: JSON from service name to database user. */
  databaseRoles: "DATABASE_ROLES",
  metricsNamespace: "POWERTOOLS_METRICS_NAMESPACE",
  loggedService: "POWERTOOLS_SERVICE_NAME",
  logLevel: "POWERTOOLS_LOG_LEVEL",
  /** Origins whose pages may read the answers, separated by commas. Defaults to none. */
  allowedOrigins: "ALLOWED_ORIGINS",
  /** Plain server: issuer of the access tokens. */
  tokenIssuer: "TOKEN_ISSUER",
  /** Plain server: clients whose tokens are accepted, separated by commas. */
  tokenClientIds: "TOKEN_CLIENT_IDS",
  /** Plain server: where the issuer's keys are. Defaults to `<issuer>/.well-known/jwks.json`. */
  tokenJwksUri: "TOKEN_JWKS_URI",
  port: "PORT",
  /** Probe: the health check of the next revision, where it answers before it has traffic. */
  probeUrl: "PROBE_URL",
} as const;

/** Business metrics the services count, in the namespace of `POWERTOOLS_METRICS_NAMESPACE`, dimension `service`. */
export const businessMetrics = {
  patients: ["PatientsRegistered"],
  appointments: ["AppointmentsBooked", "AppointmentsMoved", "AppointmentsCancelled", "BookingConflicts"],
} as const;
