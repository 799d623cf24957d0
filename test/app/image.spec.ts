import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import {
  lambdaCommand,
  migrationsCommand,
  probeCommand,
  serverCommand,
  serverEntryPoint,
  serverUser,
} from "../../app/contract.ts";
import { emptyDatabase } from "./clinic.ts";

const app = fileURLToPath(new URL("../../app/", import.meta.url));
const run = promisify(execFile);
const json = async (path: string) => JSON.parse(await readFile(join(app, path), "utf8"));

describe("the Dockerfile", () => {
  let lines: string[];
  before(async () => void (lines = (await readFile(join(app, "Dockerfile"), "utf8")).split("\n")));

  it("copies only what is there and what .dockerignore lets through", async () => {
    const sources = lines
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from"))
      .flatMap((line) => line.split(" ").slice(1, -1));
    const allowed = (await readFile(join(app, ".dockerignore"), "utf8"))
      .split("\n")
      .filter((line) => line.startsWith("!"));
    assert.deepEqual(
      sources.filter((path) => !existsSync(join(app, path))),
      [],
    );
    assert.deepEqual(allowed.map((line) => line.slice(1)).sort(), sources.sort());
  });

  it("stands on AWS's Lambda base, pinned by digest, the same in both stages", () => {
    const [build, image, ...others] = lines.filter((line) => line.startsWith("FROM "));
    assert.match(image!, /^FROM public\.ecr\.aws\/lambda\/nodejs:24@sha256:[0-9a-f]{64}$/);
    assert.equal(build, image!.replace("FROM ", "FROM --platform=$BUILDPLATFORM ") + " AS build");
    assert.deepEqual(others, []);
  });

  it("runs the function unless told otherwise, and nothing as root", () => {
    assert.ok(lines.includes(`CMD ${JSON.stringify(lambdaCommand)}`));
    assert.ok(lines.includes(`USER ${serverUser}`) && !serverUser.startsWith("0"));
  });
});

describe("the image's lockfile", () => {
  it("has the dependencies of app/package.json, each as the root's lockfile has it", async () => {
    const [own, root, manifest] = await Promise.all(
      ["package-lock.json", "../package-lock.json", "package.json"].map(json),
    );
    const { "": project, ...packages } = own.packages;
    const pick = ({ dependencies, devDependencies }: any) => ({ dependencies, devDependencies });
    assert.deepEqual(pick(project), pick(manifest), "write app/package-lock.json anew");
    const differing = Object.keys(packages).filter((path) => {
      const there = root.packages[`app/${path}`] ?? root.packages[path];
      return there?.version !== packages[path].version || there?.integrity !== packages[path].integrity;
    });
    assert.deepEqual(differing, []);
  });
});

describe("the bundle", () => {
  let image: string;
  before(async () => {
    image = await mkdtemp(join(tmpdir(), "slipway-image-"));
    await run(process.execPath, ["build.ts", image], { cwd: app });
  });
  after(() => rm(image, { recursive: true, force: true }));

  const load = (module: string, env: Record<string, string>) => {
    const program = `const { handler } = await import(${JSON.stringify(pathToFileURL(join(image, module)).href)});
      console.log("answer " + JSON.stringify(await handler({ httpMethod: "GET", path: "/health/patients" }))); process.exit();`;
    return run(process.execPath, ["--input-type=module", "-e", program], {
      cwd: image,
      env: { ...env, POWERTOOLS_LOG_LEVEL: "SILENT" },
    });
  };
  const answerOf = (stdout: string) => JSON.parse(/^answer (.*)$/m.exec(stdout)![1]!);

  it("has a file for each command of the contract", () => {
    const modules = [...lambdaCommand, ...migrationsCommand, ...probeCommand].map((command) =>
      command.replace(/\.handler$/, ".mjs"),
    );
    assert.deepEqual(
      [...modules, ...serverCommand].filter((path) => !existsSync(join(image, path))),
      [],
    );
    assert.deepEqual(serverEntryPoint, ["/var/lang/bin/node"]);
  });

  it("migrates a database and serves it, without a package beside it", async () => {
    const database = await emptyDatabase();
    const roles = { DATABASE_ROLES: JSON.stringify(database.roles) };
    const migrated = await load("hosts/migrate.mjs", { ...roles, DATABASE_URL: database.ownerUrl });
    assert.equal(answerOf(migrated.stdout).applied.length, 5);
    const served = await load("hosts/lambda.mjs", {
      SERVICE: "patients",
      DATABASE_URL: await database.urlOf("patients"),
    });
    assert.equal(answerOf(served.stdout).statusCode, 200);
  });
});
