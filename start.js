// What the engine runs. It is JavaScript because a Node that cannot strip types would end at `index.ts` with a word about a file extension.
import { RunError } from "@pulumi/pulumi/errors.js";

if (!process.features.typescript) {
  throw new RunError(
    `the program needs Node 22.18 or newer, got ${process.version}: put a newer node first on PATH, such as the one in node_modules/.bin`,
  );
}
// An engine that was killed does not say goodbye. Without this the program would follow its shift for nobody, and then tell of the
// engine's silence for ever, because telling that fails as well.
const host = process.ppid;
setInterval(() => void (process.ppid === host || process.exit(1)), 1000).unref();
const { default: stack } = await import("./index.ts");

export default stack;
