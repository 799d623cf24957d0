import type { Node } from "../graph.ts";
import { functionNameIn } from "../lambda/aliases.ts";

/** The function an integration calls. */
export interface FunctionTarget {
  functionName: string;
  /** Alias or version; undefined calls the newest version. */
  qualifier: string | undefined;
}

/** Whether the recorded permissions let API Gateway call `target` for the request `sourceArn` names. */
export function mayInvoke(nodes: Node[], target: FunctionTarget, sourceArn: string): boolean {
  return nodes.some(({ type, inputs }) => {
    if (type !== "aws:lambda/permission:Permission") return false;
    const qualifier: string | undefined = inputs.qualifier ?? /:function:[^:]+:([^:]+)$/.exec(inputs.function)?.[1];
    return (
      ["lambda:InvokeFunction", "lambda:*"].includes(inputs.action) &&
      inputs.principal === "apigateway.amazonaws.com" &&
      functionNameIn(inputs.function) === target.functionName &&
      qualifier === target.qualifier &&
      (inputs.sourceArn === undefined || globMatches(inputs.sourceArn, sourceArn))
    );
  });
}

/** `*` stands for any run of characters, `?` for one, as in the conditions of a policy. */
function globMatches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
