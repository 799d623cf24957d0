import { documentsOf } from "../../facts/policy-documents.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "iam-document-known-at-preview",
  topic: "identity",
  holds: "every IAM document is known before the update",
  why: "A document that is known only afterwards is judged only afterwards: the preview that people approve says nothing of it.",
  fix: "build ARNs from names the program chooses, and join documents with pulumi.jsonStringify, not with Outputs in a text",
  source: "Pulumi documentation, unknown values in policies; pulumi/pulumi-policy#258",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    for (const { resource, path, policy, unknown } of resources.flatMap(documentsOf)) {
      const text = typeof policy === "string" ? policy : JSON.stringify(policy ?? "");
      if (text.includes(mistake))
        yield { found: `${path} holds the warning that stands for an Output in a text`, resource };
      else if (text.includes("[object Object]"))
        yield { found: `${path} holds an object turned into a text`, resource };
      else if (unknown) yield { unknown, resource };
    }
  },
};

/** What an Output turns into when it is joined to a text: the SDK's own words. */
const mistake = "Calling [toString] on an [Output<T>]";
