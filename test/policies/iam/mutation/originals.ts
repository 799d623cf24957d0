import { asResource } from "../../../../local/preview.ts";
import { documentsOf } from "../../../../policies/facts/policy-documents.ts";
import { recorded } from "../../../recorded.ts";
import { here, type Accepted } from "../accepted.ts";
import type { Statement } from "./mutants.ts";

const seen = new Set<string>();

/** Each document that a stack declares; those that differ by the stack's name only, once in a process. */
export async function declared(stack: string): Promise<Accepted[]> {
  const { nodes } = await recorded(stack);
  return nodes
    .map(asResource)
    .flatMap(documentsOf)
    .flatMap(({ resource, kind, policy }) => {
      const text = typeof policy === "string" ? policy : JSON.stringify(policy);
      const key = `${kind} ${text.replaceAll(stack, "stack")}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const { Statement } = JSON.parse(text) as { Statement: Statement | Statement[] };
      const statements = Array.isArray(Statement) ? Statement : [Statement];
      const accounts = kind === "identity" ? {} : { accounts: [here] };
      return [{ name: `${resource.name} of ${stack}`, kind, statements, ...accounts }];
    });
}
