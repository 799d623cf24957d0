// Starts a policy pack written for Node, for engines that come without the official launcher. The engine starts this in
// the pack's folder; the runner is the one the pack itself would import.
import { createRequire } from "node:module";
import { join } from "node:path";

createRequire(join(process.cwd(), "pack.js"))("@pulumi/pulumi/cmd/run-policy-pack");
