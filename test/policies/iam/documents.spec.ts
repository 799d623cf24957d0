import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { answer } from "../../../policies/iam/documents.ts";

const program = fileURLToPath(new URL("../../../policies/iam/documents.ts", import.meta.url));
const line = (id: unknown, kind: string, statement: object, rest: object = {}) =>
  JSON.stringify({ id, kind, policy: { Version: "2012-10-17", Statement: [statement] }, ...rest });
const fine = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };

interface Run {
  code: number | null;
  out: string[];
}

function run(input: string, read: (child: ReturnType<typeof spawn>) => void = () => {}): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, "-"], { stdio: ["pipe", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stdin.on("error", () => {});
    child.on("close", (code) => resolve({ code, out: out.trim().split("\n") }));
    read(child);
    child.stdin.end(input);
  });
}

describe("the documents command", () => {
  it("reads lines and policies that begin with a byte order mark", () => {
    const policy = `\ufeff${JSON.stringify({ Statement: [{ ...fine, Action: "*", Resource: "*" }] })}`;
    const said = answer(`\ufeff${JSON.stringify({ id: 1, kind: "identity", policy })}`);
    assert.equal(said.slice(0, 29), '{"id":1,"verdict":"violation"');
  });

  it("gives back the id as it was written", () => {
    const ids = ["9007199254740993", "1e400", "1.0", "-0", '"\\u00e9"', '{"a": [12345678901234567890]}', "null"];
    const answers = ids.map((id) => answer(line("?", "identity", fine).replace('"?"', ` ${id} `)));
    assert.deepEqual(
      answers.map((text) => text.slice(0, text.indexOf(',"verdict":"ok"'))),
      ids.map((id) => `{"id":${id}`),
    );
  });

  it("answers each line in order, whatever is in it", async () => {
    const lines = [
      line("a", "identity", fine),
      "no json",
      line(7, "identity", { ...fine, Resource: "*" }),
      line("b", "nothing", fine),
      JSON.stringify({ id: "c", kind: "trust" }),
      JSON.stringify({ id: "d", kind: "identity", policy: JSON.stringify({ Statement: fine }) }),
      line(
        "e",
        "trust",
        { Effect: "Allow", Principal: { AWS: "210987654321" }, Action: "sts:AssumeRole" },
        { accounts: ["210987654321"] },
      ),
    ];
    const { code, out } = await run(`${lines.join("\n")}\n\n`);
    const answers = out.map((text) => JSON.parse(text) as { id: unknown; verdict: string });
    assert.deepEqual(
      [code, answers.map(({ id, verdict }) => [id, verdict])],
      [
        0,
        [
          ["a", "ok"],
          [null, "undecided"],
          [7, "violation"],
          ["b", "undecided"],
          ["c", "undecided"],
          ["d", "ok"],
          ["e", "ok"],
        ],
      ],
    );
  });

  it("takes a line for one line, whatever Unicode calls a line's end", async () => {
    const { out } = await run(`\ufeff${line("a\u2028b", "identity", fine)}\r\n${line("c", "identity", fine)}`);
    assert.deepEqual(
      out.map((text) => (JSON.parse(text) as { id: unknown }).id),
      ["a\u2028b", "c"],
    );
  });

  it("fails on a file that is not there, and says which", async () => {
    const child = spawn(process.execPath, [program, "no-such-file"], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 2);
    assert.match(said, /^cannot read no-such-file: ENOENT[^\n]*\n$/);
  });

  it("ends quietly when nobody reads on", async () => {
    const { code } = await run(`${line("a", "identity", fine)}\n`.repeat(20_000), (child) => child.stdout?.destroy());
    assert.equal(code, 0);
  });

  it("tells no secret that a document holds", () => {
    const asked = { "sts:ExternalId": "hunter2", "aws:PrincipalTag/password": ["hunter2", "*"] };
    const documents = [
      line("a", "identity", { ...fine, Sid: "password=hunter2", Resource: "*" }),
      line("b", "identity", { ...fine, Action: "s3:AKIAIOSFODNN7EXAMPLE" }),
      line("c", "trust", { ...fine, Principal: "*", Action: "sts:AssumeRole", Condition: { StringEquals: asked } }),
      line("d", "trust", { ...fine, Principal: { AWS: "hunter2" }, Condition: { Date: asked, DateEquals: asked } }),
      line("e", "identity", {
        ...fine,
        Sid: "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        NotResource: "arn:aws:s3:::a",
      }),
    ];
    for (const said of documents.map(answer)) {
      assert.ok(said.includes('"findings":[{'), said);
      assert.doesNotMatch(said, /hunter2|AKIA|ghp_/, said);
    }
  });

  it("refuses accounts that are no list of texts", () => {
    const asked = (accounts: unknown) => JSON.parse(answer(line("a", "identity", fine, { accounts }))) as object;
    const message = 'accounts must be a list of account ids, got "123456789012"';
    assert.deepEqual(
      [asked("123456789012"), asked(["123456789012"])].map((one) => Reflect.get(one, "verdict") as unknown),
      ["undecided", "ok"],
    );
    assert.ok(JSON.stringify(asked("123456789012")).includes(JSON.stringify(message).slice(1, -1)));
  });

  it("sees a key that is there twice in the policy of a line", () => {
    const text = `{"id":"a","kind":"identity","policy":{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"}}}`;
    const { verdict, findings } = JSON.parse(answer(text)) as { verdict: string; findings: { message: string }[] };
    assert.deepEqual([verdict, findings[0]?.message], ["violation", "the key policy.Statement.Effect is there twice"]);
  });
});
