import { cp, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// `node app/build.ts <directory>` bundles the hosts as the image has them: Lambda's runtime client loads no TypeScript, and one
// file in place of hundreds starts a cold function sooner.
const here = fileURLToPath(new URL(".", import.meta.url));
const target = process.argv[2];
if (!target) throw new Error("say where to put the bundle: node app/build.ts <directory>");

await rm(target, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: ["hosts/lambda.ts", "hosts/migrate.ts", "hosts/probe.ts", "hosts/server.ts"],
  outdir: target,
  outbase: ".",
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  // What only one host or one way to log in needs stays out of the others' start.
  splitting: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // OpenTelemetry has ES modules under this name only; taken from CommonJS the function would be half as large again.
  mainFields: ["module", "main"],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  // Packages in CommonJS ask for Node's modules by require, which an ES module does not have.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  logLevel: "warning",
});

const ofDatabase = (path: string) => !/\.[a-z]+$/.test(path) || path.endsWith(".sql");
await cp(`${here}services`, `${target}/services`, { recursive: true, filter: ofDatabase });
