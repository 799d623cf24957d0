import assert from "node:assert/strict";
import { connect, type Sql } from "../../../../app/platform/database/connection.ts";
import { liveness } from "../../../../app/platform/http/liveness.ts";
import { createService } from "../../../../app/platform/http/service.ts";
import { routesOf } from "../../../../app/services/registry.ts";
import { clinic, kept, silentLog } from "../../clinic.ts";

describe("the liveness of a task", () => {
  const statusOf = async (alive: () => Promise<Response>) => (await alive()).status;

  it("is 503 while the database has never answered", async () => {
    const sql = kept(connect({ DATABASE_URL: "postgres://nobody:x@127.0.0.1:1/none" }, { connections: 1 }));
    const alive = liveness(sql);
    assert.deepEqual([await statusOf(alive), await statusOf(alive)], [503, 503]);
  });

  it("outlives the database, unlike the health of the service", async () => {
    const at = await clinic();
    const sql: Sql = connect({ DATABASE_URL: await at.urlOf("patients") }, { connections: 1 });
    const service = createService({ routes: routesOf.patients, sql, log: silentLog, count: () => {} });
    const identify = () => assert.fail("nobody needs a token for it");
    const health = async () => (await service.request("/health/patients", {}, { requestId: "r", identify })).status;
    const alive = liveness(sql);
    assert.deepEqual([await statusOf(alive), await health()], [200, 200]);
    await sql.end();
    assert.deepEqual([await statusOf(alive), await health()], [200, 503]);
  });
});
