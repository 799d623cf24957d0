// GitHub refuses comments above 65 536 characters, and the result stands at the end of what a preview prints.
const longest = 60_000;
/** Changed permissions stand above the preview; when they fill more than this, the log has the rest. */
const longestPermissions = 20_000;
/** The end of a plan without AWS: the verdict, with some of the tree before it. */
const longestVerdict = 8_000;

export interface Preview {
  stack: string;
  /** How the step ended, `success` or `failure`. */
  outcome: string;
  /** What the preview printed. */
  output: string;
  /** Where it failed: what the program declares and what the pack says of it, found without AWS. */
  verdict: string;
  /** What the pull request changes in permissions, Markdown; empty when it changes nothing. */
  permissions: string;
  /** Address of the run. */
  run: string;
}

interface Comment {
  id: number;
  body?: string;
  user?: { type: string } | null;
}

/** What a script step hands over, as far as it is used here: the client, the event and the tools of a step. */
export interface ScriptStep {
  github: {
    paginate(method: unknown, parameters: object): Promise<Comment[]>;
    rest: {
      issues: {
        listComments: unknown;
        updateComment(parameters: object): Promise<unknown>;
        createComment(parameters: object): Promise<unknown>;
      };
    };
  };
  context: {
    repo: { owner: string; repo: string };
    serverUrl: string;
    runId: number;
    payload: { pull_request?: { number: number } };
  };
  core: { summary: { addRaw(text: string): { write(): Promise<unknown> } } };
}

/** The text for one stack; its first line is how the next run finds it. */
export function textOf({ stack, outcome, output, verdict, permissions, run }: Preview): string {
  const marker = `<!-- preview of ${stack} -->`;
  const changes = clipped(permissions.trim());
  if (outcome !== "success") {
    const why = `The program, the policy pack or the access to AWS refused it: [the log](${run}) says why.`;
    const without = verdict.trim() && `\nWithout AWS it comes to this:\n\n${fenced(verdict, longestVerdict)}\n`;
    return `${marker}\n### Preview of ${stack} failed\n\n${why}\n${without}${changes}`;
  }
  const shown = fenced(output, longest - changes.length);
  return `${marker}\n### Preview of ${stack}\n\n${shown}\n\n[The log](${run})\n${changes}`;
}

/** The end of `text` as it is, in a fence longer than any in it, so that nothing printed can end it early. */
function fenced(text: string, room: number): string {
  const shown = text.length > room ? `(the beginning is in the log)\n${text.slice(-room)}` : text;
  const fence = "`".repeat(1 + Math.max(2, ...(shown.match(/`+/g) ?? []).map(({ length }) => length)));
  return `${fence}\n${shown.trim()}\n${fence}`;
}

/** Whole lines, so that a table stays one. */
function clipped(permissions: string): string {
  if (permissions === "") return "";
  if (permissions.length <= longestPermissions) return `\n${permissions}\n`;
  return `\n${permissions.slice(0, permissions.lastIndexOf("\n", longestPermissions))}\n\n(the rest is in the log)\n`;
}

/** Writes the text into the summary and into the one comment of this stack, found on whichever page it is. */
export async function comment(step: ScriptStep, preview: Omit<Preview, "run">): Promise<void> {
  const { github, context, core } = step;
  const { owner, repo } = context.repo;
  const run = `${context.serverUrl}/${owner}/${repo}/actions/runs/${context.runId}`;
  const body = textOf({ ...preview, run });
  await core.summary.addRaw(body).write();

  const issue_number = context.payload.pull_request!.number;
  const marker = body.slice(0, body.indexOf("\n"));
  const comments = await github.paginate(github.rest.issues.listComments, { owner, repo, issue_number, per_page: 100 });
  // Anyone can paste the marker; only a comment of the workflow itself is taken over.
  const own = comments.find((found) => found.user?.type === "Bot" && found.body?.startsWith(marker));
  if (own) await github.rest.issues.updateComment({ owner, repo, comment_id: own.id, body });
  else await github.rest.issues.createComment({ owner, repo, issue_number, body });
}
