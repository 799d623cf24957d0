import assert from "node:assert/strict";
import { comment, textOf, type ScriptStep } from "../../.github/actions/preview-comment/comment.ts";

interface Comment {
  id: number;
  body: string;
  user: { type: string };
}

const run = "https://github.com/owner/name/actions/runs/7";

/** A pull request with these comments, as the client of an action sees it; `list` is what it holds afterwards. */
function pullRequest(list: Comment[]) {
  const issues = {
    listComments: undefined,
    createComment: async ({ body }: Comment) => void list.push({ id: list.length + 1, body, user: { type: "Bot" } }),
    updateComment: async ({ comment_id, body }: { comment_id: number; body: string }) => {
      list.find(({ id }) => id === comment_id)!.body = body;
    },
  };
  const summary: string[] = [];
  const step: ScriptStep = {
    github: { rest: { issues }, paginate: async () => list },
    context: {
      repo: { owner: "owner", repo: "name" },
      serverUrl: "https://github.com",
      runId: 7,
      payload: { pull_request: { number: 1 } },
    },
    core: { summary: { addRaw: (text) => ({ write: async () => summary.push(text) }) } },
  };
  return {
    list,
    summary,
    say: (stack: string, outcome: string, output: string, { permissions = "", verdict = "" } = {}) =>
      comment(step, { stack, outcome, output, verdict, permissions }),
  };
}

describe("the comment on a preview", () => {
  it("is written once per stack and then updated, also when the preview fails and recovers", async () => {
    const { list, summary, say } = pullRequest([]);
    await say("dev", "success", "+ 3 to create");
    await say("prod", "success", "+ 5 to create");
    await say("dev", "failure", "");
    assert.equal(list.length, 2);
    assert.match(list[0]!.body, /Preview of dev failed.*\(https:\/\/github.com\/owner\/name\/actions\/runs\/7\)/s);

    await say("dev", "success", "+ 4 to create");
    assert.match(list[0]!.body, /\+ 4 to create/);
    assert.match(list[1]!.body, /\+ 5 to create/);
    assert.deepEqual(summary.at(-1), list[0]!.body);
  });

  it("shows what changes in permissions, whether or not the preview succeeded", async () => {
    const { list, say } = pullRequest([]);
    await say("dev", "success", "+ 3 to create", { permissions: "### Permissions of dev: 1 wider\n" });
    assert.match(list[0]!.body, /\+ 3 to create[^]*### Permissions of dev: 1 wider\n$/);
    await say("dev", "failure", "", { permissions: "### Permissions of dev: 1 wider" });
    assert.match(list[0]!.body, /failed[^]*### Permissions of dev: 1 wider\n$/);
  });

  it("shows the end of what can be found without AWS when the preview failed, and nothing of it when not", async () => {
    const { list, say } = pullRequest([]);
    const verdict = `${"a line of the tree\n".repeat(1000)}policies: 1 mandatory finding`;
    await say("dev", "failure", "", { verdict, permissions: "### Permissions of dev: 1 wider" });
    assert.match(
      list[0]!.body,
      /Without AWS [^]*```\n\(the beginning is in the log\)\n[^]*1 mandatory finding\n```\n\n### Per/,
    );
    assert.ok(list[0]!.body.length < 10_000);
    await say("dev", "success", "+ 3 to create", { verdict });
    assert.doesNotMatch(list[0]!.body, /mandatory/);
  });

  it("leaves alone what people wrote, even with its marker", async () => {
    const pasted = { id: 1, body: "<!-- preview of dev -->\nmine", user: { type: "User" } };
    const { list, say } = pullRequest([pasted]);
    await say("dev", "success", "+ 3 to create");
    assert.equal(list.length, 2);
    assert.equal(pasted.body, "<!-- preview of dev -->\nmine");
  });

  it("keeps the end of a long preview within what GitHub accepts", () => {
    const body = textOf({
      stack: "dev",
      outcome: "success",
      output: `${"x".repeat(100_000)}\n+ 3 to create`,
      verdict: "",
      permissions: "",
      run,
    });
    assert.ok(body.length < 65_536);
    const permissions = "| a row |\n".repeat(10_000);
    const both = textOf({
      stack: "dev",
      outcome: "success",
      output: "x".repeat(100_000),
      verdict: "",
      permissions,
      run,
    });
    assert.ok(both.length < 65_536);
    assert.match(both, /\| a row \|\n\n\(the rest is in the log\)\n$/);
    assert.match(body, /\+ 3 to create/);
  });

  it("lets nothing printed end the block it stands in", () => {
    const body = textOf({
      stack: "dev",
      outcome: "success",
      output: "a\n````\n# not a heading",
      verdict: "",
      permissions: "",
      run,
    });
    assert.match(body, /`````\na\n````\n# not a heading\n`````/);
  });
});
