import { fileURLToPath } from "node:url";
import { digestOf, readMigrations } from "./platform/database/migration-files.ts";
import { generated } from "./platform/generated.ts";

// `node app/migrations.ts` writes the digest of the SQL files to migrations.json, so that the program that deploys them can tell
// whether they changed; with `--check` it only says whether the file is up to date.
const sha256 = digestOf(await readMigrations(fileURLToPath(new URL("services/", import.meta.url))));
const text = `{ "sha256": "${sha256}" }\n`;

await generated(fileURLToPath(new URL("migrations.json", import.meta.url)), text, process.argv.includes("--check"));
