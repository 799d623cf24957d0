import { checks } from "./catalogue.ts";
import { subject, type Check, type FindingLevel } from "./check.ts";
import { readDocument, type Document, type Kind } from "./document.ts";
import { effectivePermissions } from "./permissions.ts";

/** One thing a check says about a document. */
export interface Finding {
  /** Id of the check. */
  readonly rule: string;
  readonly level: FindingLevel;
  /** `Sid` of the statement, or `#` and its place from 0; empty for the document as a whole. */
  readonly statement: string;
  readonly message: string;
  readonly fix: string;
}

/** `violation`: at least one mandatory finding; `undecided`: none, but one answer depends on what is not modelled. */
export type Verdict = "ok" | "violation" | "undecided";

export interface JudgeOptions {
  /** Ids of the accounts that may be trusted. Without them named accounts are taken as meant. */
  readonly accounts?: readonly string[];
  /** A permissions boundary of the principal, as text or object. */
  readonly boundary?: unknown;
  /** Defaults to every check. */
  readonly checks?: readonly Check[];
}

/** What the checks say about one document, given as JSON text or as an object. Never throws. */
export const judgeDocument = (kind: Kind, policy: unknown, options: JudgeOptions = {}): Finding[] =>
  judgeDocuments(kind, [readDocument(policy, kind)], options);

/** What the checks say about all the documents of one principal together. */
export function judgeDocuments(kind: Kind, documents: readonly Document[], options: JudgeOptions = {}): Finding[] {
  const boundary = options.boundary === undefined ? undefined : readDocument(options.boundary, "identity");
  const permissions = effectivePermissions(documents, boundary);
  const asked = subject(kind, documents, permissions, options.accounts);
  const findings: Finding[] = [];
  for (const check of options.checks ?? checks) {
    if (!check.kinds.includes(kind)) continue;
    for (const { level = check.level, statement, message } of check.judge(asked)) {
      findings.push({ rule: check.id, level, statement, message, fix: check.fix });
    }
  }
  return findings;
}

/** The verdict that findings add up to. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ level }) => level === "mandatory")) return "violation";
  return findings.some(({ level }) => level === "undecided") ? "undecided" : "ok";
}
