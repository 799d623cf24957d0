import type { Node } from "../../local/graph.ts";
import type { Place } from "../../components/names.ts";

/** Where the components under test live. */
export const place: Place = {
  partition: "aws",
  region: "eu-west-1",
  accountId: "123456789012",
  project: "slipway",
  stack: "test",
};

/** Type and name of every node, in an order that does not depend on the recording. */
export const outline = (nodes: Node[]) => nodes.map(({ type, name }) => `${type} ${name}`).sort();

/** Every policy document among the inputs, parsed. */
export const policiesIn = (nodes: Node[]) =>
  nodes
    .flatMap(({ inputs }) => [inputs.policy, inputs.assumeRolePolicy])
    .filter((policy) => policy !== undefined)
    .map((policy) => JSON.parse(policy));
