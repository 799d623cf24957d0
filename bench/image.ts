import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What a container runs, without the container. */
export interface Image {
  /** The app's server as the image has it. */
  server: string;
  /** The bare framework's server, bundled the same way. */
  bare: string;
  remove(): Promise<void>;
}

/** Bundles both servers into a temporary directory. */
export async function buildImage(): Promise<Image> {
  const directory = await mkdtemp(join(tmpdir(), "slipway-bench-"));
  const here = fileURLToPath(new URL(".", import.meta.url));
  execFileSync(process.execPath, [join(here, "../app/build.ts"), join(directory, "app")], { stdio: "inherit" });
  const bare = join(directory, "bare.mjs");
  await build({
    entryPoints: [join(here, "bare-server.ts")],
    outfile: bare,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: "warning",
  });
  const remove = () => rm(directory, { recursive: true, force: true });
  return { server: join(directory, "app/hosts/server.mjs"), bare, remove };
}
