import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import type { Signer } from "@aws-sdk/rds-signer";
import postgres from "postgres";
import { environment as names } from "../../contract.ts";
import { required } from "../environment.ts";
import { query } from "./query.ts";

export type Sql = postgres.Sql;
export type Transaction = postgres.TransactionSql;

/** How one host uses the database. */
export interface ConnectionOptions {
  /** Connections kept at most: 1 where one process answers one request, 10 on a server. */
  connections: number;
}

// RDS's own authorities ship with the Lambda base image, which both hosts run on; Node no longer trusts them by itself.
const baseImageCaFile = "/var/runtime/ca-cert.pem";

/** PostgreSQL's way to write a moment, in UTC and with at most milliseconds. */
const utcMoment = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,3})?\+00$/;

/** A moment as answers have it, `2030-05-06T09:30:00.000Z`: to go through a Date would take most of the time a row costs here. */
function moment(text: string): string {
  const [, day, time, fraction = "."] = utcMoment.exec(text) ?? [];
  return day ? `${day}T${time}${fraction.padEnd(4, "0")}Z` : new Date(text).toISOString();
}

// 1184 is timestamptz. Dates are written as they are by default.
const date = {
  to: 1184,
  from: [1184],
  serialize: (value: Date | string) => new Date(value).toISOString(),
  parse: moment,
};

/** A pool for a service, by `DATABASE_URL` or else by IAM log-in. Opens no connection before the first query. */
export function connect(env: NodeJS.ProcessEnv, { connections }: ConnectionOptions): Sql {
  const common: postgres.Options<Record<string, postgres.PostgresType>> = {
    types: { date },
    // No array types are read here, and the client's own question for them fails unheard, and the process with it, when the
    // connection breaks meanwhile.
    fetch_types: false,
    max: connections,
    connect_timeout: 5,
    max_lifetime: 30 * 60,
    // Time limits are settings of the role: a proxy in front of the database refuses them at log-in.
    connection: { application_name: env[names.service] ?? "slipway" },
    onnotice: () => {},
  };
  const url = env[names.databaseUrl];
  if (url) return postgres(url, common);
  const user = required(env, names.databaseUser);
  return postgres({ ...common, ...endpoint(env), user, pass: iamToken(env, user) });
}

/** Where the database of the cloud is, and whom to believe that it is it. */
export function endpoint(env: NodeJS.ProcessEnv) {
  const caFile = env[names.databaseCaFile] ?? baseImageCaFile;
  return {
    host: required(env, names.databaseHost),
    port: Number(env[names.databasePort] ?? 5432),
    database: required(env, names.databaseName),
    // Both: an instance's certificate leads to RDS's authority, a proxy's to one of the public ones.
    ssl: { ca: [...rootCertificates, readFileSync(caFile, "utf8")], rejectUnauthorized: true },
  };
}

/** The password of an IAM log-in: a signed token, made anew for each connection because it lives 15 minutes. */
function iamToken(env: NodeJS.ProcessEnv, user: string): () => Promise<string> {
  const { host, port } = { host: required(env, names.databaseHost), port: Number(env[names.databasePort] ?? 5432) };
  let signer: Promise<Signer> | undefined;
  const start = async () => {
    const { Signer } = await import("@aws-sdk/rds-signer");
    return new Signer({ hostname: host, port, username: user, region: required(env, "AWS_REGION") });
  };
  return async () => (await (signer ??= start())).getAuthToken();
}

/** Whether the database answers within `milliseconds`. */
export async function answers(sql: Sql, milliseconds = 2000): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, milliseconds, false)));
  const asked = query("select 1", sql`select 1`).then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
