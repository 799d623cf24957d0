import { asResource } from "../../../../local/preview.ts";
import { stackNames } from "../../../../local/stack.ts";
import { documentsOf } from "../../../../policies/facts/policy-documents.ts";
import { recorded } from "../../../recorded.ts";
import { here, type Accepted } from "../accepted.ts";

/** Each document that the stacks of the project declare; those that differ by the stack's name only, once. */
export async function declared(): Promise<Accepted[]> {
  const found = new Map<string, Accepted>();
  for (const stack of await stackNames()) {
    const { nodes } = await recorded(stack);
    for (const { resource, kind, policy } of nodes.map(asResource).flatMap(documentsOf)) {
      const text = typeof policy === "string" ? policy : JSON.stringify(policy);
      const key = `${kind} ${text.replaceAll(stack, "stack")}`;
      if (found.has(key)) continue;
      const { Statement } = JSON.parse(text) as { Statement: Accepted["statements"] | Accepted["statements"][number] };
      const statements = Array.isArray(Statement) ? (Statement as Accepted["statements"]) : [Statement];
      const accounts = kind === "identity" ? {} : { accounts: [here] };
      found.set(key, {
        name: `${resource.name} of ${stack}`,
        kind,
        statements: statements as Accepted["statements"],
        ...accounts,
      });
    }
  }
  return [...found.values()];
}
