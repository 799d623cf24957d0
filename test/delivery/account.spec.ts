import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rollbackCommand, statusCommand } from "../../delivery/commands.ts";
import { stackFile } from "../../delivery/stack-file.ts";
import { commandSite } from "./command-site.ts";

describe("account of a stack", () => {
  const site = commandSite();
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "stack-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A project of which the stack staging has one more line in its file, and the project itself as well. */
  function files(line: string, projectLines = "") {
    writeFileSync(join(folder, "Pulumi.yaml"), `name: slipway\n${projectLines}`);
    writeFileSync(join(folder, "Pulumi.staging.yaml"), `config:\n  aws:region: eu-west-1\n  ${line}\n`);
    return pathToFileURL(`${folder}/`);
  }

  const rollback = ["--stack", "staging", "--service", "patients", "--reason", "orders fail"];
  for (const [name, command, args] of [
    ["rollback", rollbackCommand, rollback],
    ["status", statusCommand, ["--stack", "staging"]],
  ] as const) {
    it(`keeps ${name} from another one before it reads or moves anything, and is told`, async () => {
      await site.shifted(["12", "13"], ["13", "14"]);
      site.world.calls.length = 0;
      site.world.before = (call) => void (call.includes(" ") && site.world.calls.push(call));
      const { failed, stdout } = await site.run(command, [...args], files('slipway:accountId: "999999999999"'));
      assert.equal(
        failed,
        "account 123456789012 is not the one of staging, whose slipway:accountId is 999999999999, nothing was read or moved: sign in to the account of staging, or set AWS_PROFILE",
      );
      assert.deepEqual([stdout, site.world.calls, site.world.moves], ["", ["GetCallerIdentity"], []]);
    });

    it(`lets ${name} pass in itself, and is named`, async () => {
      await site.shifted(["12", "13"], ["13", "14"]);
      const { failed, stdout } = await site.run(command, [...args], files('slipway:accountId: "123456789012"'));
      assert.equal(failed, undefined);
      assert.match(stdout, /^slipway staging in eu-west-1, account 123456789012\n/);
    });
  }

  const all = "config:\n  accountId:\n    default: '111111111111'\n";
  for (const [what, line, project, expected] of [
    ["without quotes", "slipway:accountId: 123456789012", "", "123456789012"],
    ["that begins with zeros, without quotes", "slipway:accountId: 001234567890", "", "001234567890"],
    ["of all stacks of the project", "slipway:tier: dev", all, "111111111111"],
    ["of the stack, whatever the others have", "slipway:accountId: '222222222222'", all, "222222222222"],
    ["that may be any, whatever the others have", "slipway:accountId: ''", all, undefined],
    ["that nobody names", "slipway:tier: dev", "", undefined],
  ] as const) {
    it(`is read as one ${what}`, async () => {
      assert.equal((await stackFile("staging", files(line, project))).accountId, expected);
    });
  }

  it("fails on one that is none, such as a secret", async () => {
    await assert.rejects(
      stackFile("staging", files("slipway:accountId: { secure: AAABAN }")),
      /^Error: slipway:accountId must be twelve digits, or nothing, got \{"secure":"AAABAN"\}$/,
    );
  });
});
