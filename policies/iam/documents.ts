import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { secretsAsked, withoutSecrets } from "../facts/asked-secrets.ts";
import { isObject } from "./condition.ts";
import type { Kind } from "./document.ts";
import { judgeDocument, verdictOf, type Finding } from "./judge.ts";
import { parseJson } from "./json.ts";

const kinds: readonly Kind[] = ["identity", "trust", "resource"];

/** Answers one line of JSON, `{"id","kind","policy","accounts"?}`, with one line of JSON, without what may be secret. Never throws. */
export function answer(line: string): string {
  let id = "null";
  let findings: Finding[];
  let secrets: readonly string[] = [];
  try {
    const { value, duplicates, written } = parseJson(line);
    if (!isObject(value)) throw new Error("the line is no JSON object: write one document a line");
    id = written.get("id") ?? id;
    secrets = secretsAsked(value["policy"]);
    findings = judged(value, duplicates);
  } catch (error) {
    const message = error instanceof Error ? error.message : "the line cannot be read";
    findings = [
      { rule: "iam-document-valid", level: "undecided", statement: "", message, fix: "write the line as JSON" },
    ];
  }
  const verdict = verdictOf(findings);
  const safe = findings.map((one) => ({
    ...one,
    statement: withoutSecrets(one.statement, secrets),
    message: withoutSecrets(one.message, secrets),
  }));
  // as it was written: a number of many digits, read and written again, would be another one
  return `{"id":${id},${JSON.stringify({ verdict, findings: safe }).slice(1)}`;
}

function judged(request: Record<string, unknown>, duplicates: readonly string[]): Finding[] {
  const kind = kinds.find((one) => one === request["kind"]);
  if (!kind)
    throw new Error(`kind must be identity, trust or resource, got ${JSON.stringify(request["kind"])?.slice(0, 60)}`);
  const raw = request["accounts"];
  if (
    raw !== undefined &&
    !(Array.isArray(raw) && raw.every((one) => typeof one === "string" || typeof one === "number"))
  )
    throw new Error(`accounts must be a list of account ids, got ${JSON.stringify(raw).slice(0, 60)}`);
  // as a number an id loses its zeros in front
  const accounts = (raw as (string | number)[] | undefined)?.map((one) => String(one).padStart(12, "0"));
  const fix = "leave one of the two";
  const twice = duplicates
    .filter((path) => path.startsWith("policy."))
    .map((path): Finding => ({
      rule: "iam-document-valid",
      level: "mandatory",
      statement: "",
      message: `the key ${path} is there twice`,
      fix,
    }));
  return [...twice, ...judgeDocument(kind, request["policy"], accounts ? { accounts } : {})];
}

async function main(source: Readable): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  for await (const line of linesOf(source)) {
    if (line.trim() === "") continue;
    if (!process.stdout.write(`${answer(line)}\n`))
      await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
}

/** Lines end at a line feed only: JSON texts may hold the other characters by which Unicode ends a line. */
async function* linesOf(source: Readable): AsyncGenerator<string> {
  const read = new TextDecoder();
  let rest: string[] = [];
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const [first = "", ...more] = read.decode(chunk, { stream: true }).split("\n");
    rest.push(first);
    for (const next of more) {
      yield rest.join("");
      rest = [next];
    }
  }
  yield rest.join("") + read.decode();
}

if (import.meta.main) {
  const [path] = process.argv.slice(2);
  if (path === undefined) {
    console.error("name a file of JSON lines, or - for standard input");
    process.exitCode = 2;
  } else {
    try {
      await main(path === "-" ? process.stdin : createReadStream(path));
    } catch (error) {
      console.error(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 2;
    }
  }
}
