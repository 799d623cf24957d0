import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { handler as Handler } from "../../../app/hosts/migrate.ts";
import { ownerSecret } from "../../../app/platform/database/owner-secret.ts";
import { emptyDatabase, withEnvironment } from "../clinic.ts";

describe("the migration function", () => {
  let handler: typeof Handler;
  before(async () => {
    // The log takes its level when the module loads.
    const restoreLevel = withEnvironment({ POWERTOOLS_LOG_LEVEL: "SILENT" });
    ({ handler } = await import("../../../app/hosts/migrate.ts"));
    restoreLevel();
  });
  let restore = () => {};
  afterEach(() => restore());

  it("applies what is missing and says what it was", async () => {
    const { ownerUrl, roles } = await emptyDatabase();
    restore = withEnvironment({ DATABASE_URL: ownerUrl, DATABASE_ROLES: JSON.stringify(roles) });
    const [first, second] = [await handler({ migrations: "0" }), await handler()];
    assert.deepEqual([first.applied.length, second.applied], [5, []]);
  });

  it("fails on roles that are no JSON", async () => {
    restore = withEnvironment({ DATABASE_ROLES: "patients" });
    await assert.rejects(handler(), {
      message: 'DATABASE_ROLES must be JSON from service name to database user, got "patients"',
    });
  });
});

describe("the secret of the database's owner", () => {
  let restore = () => {};
  afterEach(() => restore());

  async function secretOf(text: string): Promise<unknown> {
    const server = createServer((_, response) => response.end(JSON.stringify({ SecretString: text }))).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    const AWS_ENDPOINT_URL_SECRETS_MANAGER = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "only-in-tests" };
    restore = withEnvironment({ ...credentials, AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL_SECRETS_MANAGER });
    return ownerSecret("arn:example").finally(() => server.close().closeAllConnections());
  }

  it("is read from the JSON that RDS writes", async () => {
    const secret = { username: "owner", password: "pa$$" };
    assert.deepEqual(await secretOf(JSON.stringify({ ...secret, engine: "postgres" })), secret);
  });

  it("fails on anything else, without repeating it", async () => {
    for (const text of ["pa$$", '{"password":"pa$$"}', "null"]) {
      await assert.rejects(
        secretOf(text),
        (error: Error) => /arn:example must hold JSON/.test(error.message) && !error.message.includes("pa$$"),
      );
    }
  });
});
