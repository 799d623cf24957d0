import type { Kind } from "../../../../policies/iam/document.ts";
import type { Statement } from "../about.ts";

/** A form people write documents in: open although it looks closed, or right although it looks open. */
export interface Form {
  readonly what: string;
  readonly kind: Kind;
  readonly statements: readonly Statement[];
  readonly accounts?: readonly string[];
}

/** Makes forms of one kind of document. */
const forms =
  (kind: Kind) =>
  (what: string, statements: Statement | readonly Statement[], accounts?: readonly string[]): Form => {
    const list = Array.isArray(statements) ? (statements as readonly Statement[]) : [statements as Statement];
    return { what, kind, statements: list, ...(accounts && { accounts }) };
  };

export const identity = forms("identity");
export const trust = forms("trust");
export const resource = forms("resource");

export const here = "123456789012";
export const elsewhere = "999999999999";
