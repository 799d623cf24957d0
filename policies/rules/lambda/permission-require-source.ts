import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lambda-permission-require-source",
  topic: "exposure",
  holds: "a service may call a function only for one named API, rule, topic or bucket of a known account",
  why: "A service acts for all its customers: without a source, anybody's API or topic may call the function through it.",
  fix: "name one source in sourceArn, and the account in sourceAccount where the ARN has none",
  source: "AWS Lambda developer guide, confused deputy; checkov CKV_AWS_364",
  severity: "high",
  level: "mandatory",
  types: ["aws:lambda/permission:Permission"],
  *check({ props }) {
    const principal = text(props, "principal") ?? "";
    if (principal === "*") {
      if (!text(props, "principalOrgId")) yield "every principal may call it";
      return;
    }
    if (!principal.endsWith(".amazonaws.com") && !principal.endsWith(".amazonaws.com.cn")) return; // an account or a role
    const source = text(props, "sourceArn");
    if (source === undefined) return yield `${principal} may call it for anyone`;
    const [, , , , account = "", ...rest] = source.split(":");
    const [first = ""] = rest.join(":").split("/");
    if (account.includes("*") || /^[*?]*$/.test(first))
      yield `sourceArn is ${shown(source)}, which names no single source`;
    else if (account === "" && !text(props, "sourceAccount"))
      yield `sourceArn is ${shown(source)}, which names no account`;
  },
};
