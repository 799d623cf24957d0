import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postpone } from "../../policies/postpone.ts";

describe("a postponed module", () => {
  let folder: string;
  let asker: string;
  let ask: NodeJS.Require;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "postponed-"));
    asker = join(folder, "asker.cjs");
    ask = createRequire(asker);
    for (const name of ["members", "class", "read"]) {
      const text =
        "module.exports = class { five() { return 5; } }; module.exports.six = 6; globalThis.wasRead = true;";
      writeFileSync(join(folder, `${name}.cjs`), text);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  const wasRead = () => Reflect.get(globalThis, "wasRead") as boolean | undefined;
  beforeEach(() => void Reflect.deleteProperty(globalThis, "wasRead"));

  it("is read when somebody asks for a member", () => {
    postpone("./members.cjs", asker);
    const asked = ask("./members.cjs") as { six: number; __esModule: boolean };
    assert.equal(asked.__esModule, true);
    assert.equal(wasRead(), undefined);
    assert.equal(asked.six, 6);
    assert.equal(wasRead(), true);
  });

  it("is read when somebody makes one of its kind", () => {
    postpone("./class.cjs", asker);
    const Asked = ask("./class.cjs") as { new (): { five(): number }; default: { six: number } };
    assert.equal(new Asked().five(), 5);
    assert.equal(Asked.default.six, 6);
  });

  it("is left as it is when it has been read", () => {
    const first: unknown = ask("./read.cjs");
    postpone("./read.cjs", asker);
    assert.equal(ask("./read.cjs"), first);
  });

  it("may be none", () => {
    postpone("./nowhere.cjs", asker);
    assert.throws(() => ask("./nowhere.cjs"), /Cannot find module/);
  });

  it("is one that the SDK reads with everything else", () => {
    const sdk = createRequire(import.meta.url).resolve("@pulumi/pulumi/runtime/closure/codePaths.js");
    assert.match(readFileSync(sdk, "utf8"), /require\("@npmcli\/arborist"\)/);
    assert.match(readFileSync(new URL("../../policies/start.js", import.meta.url), "utf8"), /"@npmcli\/arborist"/);
  });
});
