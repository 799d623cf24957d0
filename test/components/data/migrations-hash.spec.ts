import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrationsHash } from "../../../components/data/migrations-hash.ts";

describe("migrationsHash", () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  const write = (name: string, content: string) => writeFileSync(path(name), content);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "migrations-"));
    for (const service of ["patients", "appointments"]) {
      mkdirSync(path(service));
      write(`${service}/0001.sql`, `create table ${service} ();\n`);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is a SHA-256 that neither other files nor line endings change", () => {
    const before = migrationsHash(folder);
    assert.match(before, /^[0-9a-f]{64}$/);
    write("patients/store.ts", "export {};");
    write("patients/0001.sql", "create table patients ();\r\n");
    assert.equal(migrationsHash(folder), before);
  });

  it("does not depend on the order in which files were written", () => {
    const before = migrationsHash(folder);
    renameSync(path("patients"), path("moved"));
    renameSync(path("moved"), path("patients"));
    rmSync(path("appointments/0001.sql"));
    write("appointments/0001.sql", "create table appointments ();\n");
    assert.equal(migrationsHash(folder), before);
  });

  for (const [what, change] of [
    ["a statement", () => write("patients/0001.sql", "create table people ();\n")],
    ["a new file", () => write("patients/0002.sql", "")],
    ["a removed file", () => rmSync(path("patients/0001.sql"))],
    ["a renamed file", () => renameSync(path("patients/0001.sql"), path("patients/0002.sql"))],
    ["a file of another service", () => renameSync(path("patients/0001.sql"), path("appointments/0002.sql"))],
  ] as const) {
    it(`changes with ${what}`, () => {
      const before = migrationsHash(folder);
      change();
      assert.notEqual(migrationsHash(folder), before);
    });
  }

  it("fails where there is no SQL", () => {
    rmSync(path("patients"), { recursive: true });
    rmSync(path("appointments"), { recursive: true });
    assert.throws(() => migrationsHash(folder), {
      message: `no .sql file below "${folder}": pass the folder that holds the migrations`,
    });
  });
});
