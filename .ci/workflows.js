// Lints the workflows with actionlint and zizmor, which do not come from npm. Where one is missing it is skipped and said so;
// `--install` fetches it in its exact version into the ignored cache, and on CI a missing one is a failure.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".cache", "workflows");

const linters = [
  {
    name: "actionlint",
    version: "1.7.12",
    args: [],
    file: (folder) => join(folder, "actionlint"),
    install: (folder, version) =>
      run("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@v${version}`], { GOBIN: folder }),
  },
  {
    name: "zizmor",
    version: "1.32.0",
    // The strictest persona; offline, so that the verdict depends on nothing but the files.
    args: ["--offline", "--persona=auditor", "--quiet", "."],
    file: (folder) => join(folder, "bin", "zizmor"),
    install: (folder, version) => {
      run("python3", ["-m", "venv", folder]);
      run(join(folder, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", `zizmor==${version}`]);
    },
  },
];

let failed = false;
for (const linter of linters) {
  const command = find(linter);
  if (!command) {
    console.log(`${linter.name} ${linter.version} skipped: not installed, run npm run lint:workflows -- --install`);
    failed ||= Boolean(process.env.CI);
    continue;
  }
  const { status, error } = spawnSync(command, linter.args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const passed = status === 0;
  console.log(`${linter.name} ${linter.version}: ${passed ? "no findings" : (error?.message ?? "findings above")}`);
  failed ||= !passed;
}
process.exitCode = failed ? 1 : 0;

/** The linter in its pinned version: from the cache, installed now if asked to, else from PATH. */
function find({ name, version, file, install }) {
  const folder = join(cache, `${name}-${version}`);
  if (!existsSync(file(folder)) && process.argv.includes("--install")) {
    try {
      install(folder, version);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      console.log(`${name} ${version} cannot be installed: ${error.stderr?.toString().trim() || error.message}`);
    }
  }
  if (existsSync(file(folder))) return file(folder);
  return reports(name, version) ? name : undefined;
}

function reports(command, version) {
  const { stdout } = spawnSync(command, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return stdout?.includes(version) ?? false;
}

function run(command, args, env = {}) {
  execFileSync(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
}
