import type { Preview } from "./preview.ts";

/** The policy verdict in lines: each finding with what to do about it, then the count. */
export function verdictOf({ findings }: Pick<Preview, "findings">): string[] {
  const lines = findings.flatMap(({ level, rule, resource, message }) => [
    `${level.padEnd(9)} ${rule}  ${resource}`,
    `          ${message}`,
  ]);
  const mandatory = findings.filter(({ level }) => level === "mandatory").length;
  const summary =
    findings.length === 0
      ? "policies: nothing to say"
      : `policies: ${count(mandatory, "mandatory finding")}, ${count(findings.length - mandatory, "advisory finding")}`;
  return [...lines, summary];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
