import { type Check } from "../check.ts";

export const iamDocumentValid: Check = {
  id: "iam-document-valid",
  kinds: ["identity", "trust", "resource"],
  level: "mandatory",
  description: "A document is one that AWS would take.",
  fix: "repair the document by the IAM policy grammar",
  *judge({ documents, permissions: { grants, undecided } }) {
    for (const { severity, statement, message } of documents.flatMap(({ flaws }) => flaws)) {
      yield { statement, message, level: levels[severity] };
    }
    for (const message of undecided.filter((one) => one.endsWith("are wide")))
      yield { statement: "", level: "undecided", message };
    for (const { statement, unknown } of grants) {
      if (unknown.length === 0) continue;
      const message = `the data knows no action ${unknown
        .slice(0, 4)
        .map((name) => name.slice(0, 100))
        .join(", ")}`;
      yield {
        statement: statement.label,
        level: statement.resources.includes("*") ? "undecided" : "advisory",
        message,
      };
    }
  },
};

const levels = { invalid: "mandatory", harmless: "advisory", unreadable: "undecided" } as const;
