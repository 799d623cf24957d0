import { fileURLToPath } from "node:url";
import { generated } from "./platform/generated.ts";
import { openApiDocument } from "./platform/http/document.ts";
import { routesOf } from "./services/registry.ts";

// `node app/openapi.ts` writes openapi.json from the routes; with `--check` it only says whether the file is up to date.
const text = `${JSON.stringify(openApiDocument(routesOf), null, 2)}\n`;

await generated(fileURLToPath(new URL("openapi.json", import.meta.url)), text, process.argv.includes("--check"));
