import { unknownValue, type Node } from "../local/graph.ts";

/** One policy document found in a resource's inputs. */
export interface FoundDocument {
  /** Resource and input, for messages. */
  at: string;
  /** The document as the program wrote it, or the marker for a value the preview does not know. */
  text: string;
  statements: { sid: string; effect: string; actions: string[]; resources: string[] }[];
}

const keys = /^(policy|assumeRolePolicy|policyDocument)$/;

/** The policy documents among a resource's inputs: identity, trust and resource policies alike. */
export function documentsOf({ type, name, inputs }: Node): FoundDocument[] {
  return Object.entries(inputs)
    .filter(
      ([key, value]) =>
        keys.test(key) && typeof value === "string" && (value === unknownValue || value.includes('"Statement"')),
    )
    .map(([key, text]) => ({
      at: `${type} ${name}.${key}`,
      text,
      statements: text === unknownValue ? [] : statementsOf(text),
    }));
}

interface Written {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource?: string | string[];
}

function statementsOf(text: string): FoundDocument["statements"] {
  const { Statement } = JSON.parse(text) as { Statement: Written[] };
  return Statement.map(({ Sid = "", Effect, Action, Resource = [] }) => ({
    sid: Sid,
    effect: Effect,
    actions: [Action].flat(),
    resources: [Resource].flat(),
  }));
}
