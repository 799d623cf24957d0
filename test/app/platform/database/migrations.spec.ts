import assert from "node:assert/strict";
import postgres from "postgres";
import type { ServiceMigrations } from "../../../../app/platform/database/migration-files.ts";
import { migrate } from "../../../../app/platform/database/migrations.ts";
import { type EmptyDatabase, emptyDatabase, kept, readAll } from "../../clinic.ts";

const asOwner = (database: EmptyDatabase) => kept(postgres(database.ownerUrl, { max: 1, onnotice: () => {} }));

/** The app's migrations with one file of patients added, or one's text replaced. */
async function changed(name: string, sql: string): Promise<ServiceMigrations[]> {
  const [patients, ...others] = await readAll();
  const files = patients!.files.filter((file) => file.name !== name).concat({ name, sql, checksum: sql });
  return [{ ...patients!, files: files.sort((a, b) => (a.name < b.name ? -1 : 1)) }, ...others];
}

describe("migrations", () => {
  let database: EmptyDatabase;
  let owner: postgres.Sql;
  beforeEach(async () => {
    database = await emptyDatabase();
    owner = asOwner(database);
  });

  const run = (services: ServiceMigrations[]) => migrate(owner, services, database.roles);
  const applied = async () => {
    const rows = await database.superuser`select service || '/' || name as file from migrations.applied order by 1`;
    return rows.map(({ file }) => file as string);
  };

  it("are applied in order by an owner that is no superuser, and only once", async () => {
    const files = (await readAll()).flatMap(({ service, files }) => files.map(({ name }) => `${service}/${name}`));
    assert.deepEqual([await run(await readAll()), await run(await readAll())], [files, []]);
    assert.deepEqual(await applied(), files.toSorted());
  });

  it("are applied once by four runs at the same time", async () => {
    const services = await readAll();
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(asOwner(database), services, database.roles)));
    assert.deepEqual(runs.map(({ length }) => length).sort(), [0, 0, 0, 5]);
  });

  it("bring what is new and leave what an older image does not know", async () => {
    await run(await readAll());
    const newer = await changed("0003_note.sql", "create table patients.notes ()");
    assert.deepEqual([await run(newer), await run(await readAll())], [["patients/0003_note.sql"], []]);
  });

  it("leave nothing behind when one fails", async () => {
    await assert.rejects(run(await changed("0003_bad.sql", "create table patients.a (); selekt")), {
      message: /^migration patients\/0003_bad.sql failed: syntax error/,
    });
    const [row] =
      await database.superuser`select to_regclass('patients.patients') as found, to_regnamespace('migrations') as log`;
    assert.deepEqual(row, { found: null, log: null });
  });

  it("fail on a file that changed after it was applied", async () => {
    await run(await readAll());
    await assert.rejects(run(await changed("0001_patients.sql", "select 1")), {
      message: "migration patients/0001_patients.sql changed after it was applied: put it back and write a new one",
    });
  });

  it("fail on a file that comes before an applied one", async () => {
    await run(await changed("0004_late.sql", "select 1"));
    const [patients, ...others] = await changed("0003_early.sql", "select 1");
    await assert.rejects(run([patients!, ...others]), /0003_early.sql comes before 0004_late.sql, which is applied/);
  });
});
