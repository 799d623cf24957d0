// What the engine runs. It is JavaScript because a Node that cannot strip types would end at `index.ts` with a word about a file extension.
import { RunError } from "@pulumi/pulumi/errors.js";

if (!process.features.typescript) {
  throw new RunError(
    `the program needs Node 22.18 or newer, got ${process.version}: put a newer node first on PATH, such as the one in node_modules/.bin`,
  );
}
const { default: stack } = await import("./index.ts");

export default stack;
