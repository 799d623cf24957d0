import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import postgres from "postgres";
import { serviceNames, tokenScope, type Scope } from "../app/contract.ts";
import { readMigrations } from "../app/platform/database/migration-files.ts";
import { migrate } from "../app/platform/database/migrations.ts";
import { startDatabase } from "../local/database.ts";

/** What a server process of the app needs to be measured: a migrated database and an issuer of tokens. */
export interface Clinic {
  databaseUrl: string;
  /** Environment that makes a server trust `token`. */
  environment: Record<string, string>;
  token: string;
  /** Id of a patient that exists. */
  patientId: string;
  stop(): Promise<void>;
}

export async function startClinic(): Promise<Clinic> {
  const database = await startDatabase();
  const password = randomBytes(12).toString("hex");
  const root = postgres(database.url, { max: 1, onnotice: () => {} });
  await root.unsafe(`create role owner login createrole createdb password '${password}'`);
  await root.unsafe("create database clinic owner owner");
  const owner = postgres(database.urlFor("owner", password, "clinic"), { max: 1, onnotice: () => {} });
  const files = await readMigrations(fileURLToPath(new URL("../app/services/", import.meta.url)));
  await migrate(owner, files, { patients: "patients-user", appointments: "appointments-user" });
  await owner.end();
  for (const name of serviceNames) await root.unsafe(`alter role "${name}-user" password '${password}'`);
  await root.end();
  const databaseUrl = database.urlFor("patients-user", password, "clinic");
  const issuer = await startIssuer();
  return {
    databaseUrl,
    ...issuer,
    patientId: await somebody(databaseUrl),
    stop: async () => {
      issuer.stop();
      await database.stop();
    },
  };
}

async function somebody(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1 });
  const [row] = await sql`
    insert into patients.patients (id, given_name, family_name, birth_date)
    values (gen_random_uuid(), 'Ada', 'Byron', '1985-12-10') returning id`;
  await sql.end();
  return row!.id;
}

async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "RS256", use: "sig" }] });
  const server = createServer((_, response) => response.end(keys)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pool`;
  const scopes: Scope[] = ["patients.read", "patients.write"];
  const claims = { client_id: "bench", token_use: "access", scope: scopes.map(tokenScope).join(" ") };
  const token = await new SignJWT({ ...claims, sub: "bench" })
    .setProtectedHeader({ alg: "RS256", kid: "1" })
    .setIssuer(issuer)
    .setExpirationTime("1h")
    .sign(privateKey);
  const environment = { TOKEN_ISSUER: issuer, TOKEN_CLIENT_IDS: "bench" };
  return { environment, token, stop: () => void server.close().closeAllConnections() };
}
