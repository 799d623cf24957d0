import type { Resource } from "../resource.ts";
import { texts } from "./reading.ts";
import { UnknownValue } from "./unknown.ts";

/** The account in an ARN; undefined when it has none, or is AWS's own. */
export function accountIn(arn: unknown): string | undefined {
  const account = typeof arn === "string" && arn.startsWith("arn:") ? arn.split(":")[4] : undefined;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** The accounts a stack lives in: those its provider may touch, and those in the ARNs AWS gave its resources. */
export function ownAccounts(resources: readonly Resource[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { type, props, outputs } of resources) {
    if (type === "pulumi:providers:aws") for (const account of allowed(props)) found.add(account);
    const account = type.startsWith("aws:") ? accountIn(outputs?.["arn"]) : undefined;
    if (account !== undefined) found.add(account);
  }
  return found;
}

/** A provider's inputs travel as text: a list is JSON. */
function allowed(props: Resource["props"]): string[] {
  const raw = props["allowedAccountIds"];
  try {
    return texts({ list: typeof raw === "string" ? JSON.parse(raw) : raw }, "list");
  } catch (error) {
    if (error instanceof UnknownValue || error instanceof SyntaxError) return [];
    throw error;
  }
}
