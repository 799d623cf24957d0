// What the engine's launcher requires. It is JavaScript because the launcher puts ts-node in front of every required .ts
// file and would type-check the pack on each preview; what is imported from here goes through Node's own type stripping.
import module from "node:module";
import { fileURLToPath } from "node:url";

if (!process.features.typescript) {
  throw new Error(`the policy pack needs Node 22.18 or newer, got ${process.version}: put a newer node first on PATH`);
}
// The cache makes the next start a quarter faster; it is written at once because the engine ends the process without notice.
module.enableCompileCache(fileURLToPath(new URL("../.cache/policies", import.meta.url)));
// The SDK reads npm's own tree of packages with everything else: 780 of 1,100 modules, and a quarter of what starts here. It
// asks for it when a program hands a function to the cloud, which no pack does.
const sdk = module.createRequire(import.meta.url).resolve("@pulumi/pulumi");
import("./postpone.ts")
  .then(({ postpone }) => postpone("@npmcli/arborist", sdk))
  .then(() => import("./index.ts"))
  .then(() => module.flushCompileCache());
