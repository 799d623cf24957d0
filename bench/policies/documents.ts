import { readFileSync } from "node:fs";
import type { Principal, Snapshot } from "../../policies/permissions/snapshot.ts";

/**
 * So many documents as lines for `npm run iam`: those of the committed snapshot, each with names of its own, and every fourth
 * of them widened to all actions of its services.
 */
export function documents(count: number): string[] {
  const file = new URL("../../policies/snapshot/prod.json", import.meta.url);
  const { principals, resources } = JSON.parse(readFileSync(file, "utf8")) as Snapshot;
  const holders = Object.values(principals) as Principal[];
  const some = [
    ...holders.flatMap(({ policies }) => Object.values(policies).map((policy) => ({ kind: "identity", policy }))),
    ...holders.flatMap(({ trust }) => (trust ? [{ kind: "trust", policy: trust }] : [])),
    ...Object.values(resources).map((policy) => ({ kind: "resource", policy })),
  ];
  return Array.from({ length: count }, (_, id) => {
    const { kind, policy } = some[id % some.length]!;
    const own = JSON.stringify(policy)
      .replaceAll("slipway-prod", `stack-${id}`)
      .replaceAll("<account>", "123456789012");
    const wide = id % 4 === 3 ? own.replaceAll(/"(\w+):\w+"/g, '"$1:*"') : own;
    return `{"id":${id},"kind":"${kind}","policy":${wide}}`;
  });
}
