import type { Node } from "./graph.ts";
import { functionNameIn } from "./lambda/aliases.ts";
import type { LambdaHost } from "./lambda/lambda-host.ts";

/** Runs the invocations the program declares, as `up` does, and returns a line for each. Fails as the function fails. */
export async function runInvocations(nodes: Node[], host: LambdaHost): Promise<string[]> {
  const lines: string[] = [];
  for (const { type, name, inputs } of nodes) {
    if (type !== "aws:lambda/invocation:Invocation") continue;
    const functionName = functionNameIn(inputs.functionName);
    const { payload, functionError } = await host.invoke(functionName, inputs.qualifier, inputs.input);
    const answer = JSON.parse(payload) as { applied?: string[]; errorMessage?: string };
    if (functionError) throw new Error(`${name} failed: ${answer.errorMessage ?? payload}`);
    lines.push(answer.applied?.length ? answer.applied.join(", ") : "up to date");
  }
  return lines;
}
