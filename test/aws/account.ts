import type { Account, Weighted } from "./world.ts";

/** An account in memory with one function, versions 1 to `latest`, and one state machine. */
export function smallAccount(options: {
  functionName: string;
  latest: number;
  live: string;
  alarms: string[];
  machineArn: string;
  definition: string;
}): Account & { aliases: Map<string, Weighted> } {
  const { functionName, latest, live, alarms, machineArn, definition } = options;
  const aliases = new Map<string, Weighted>([
    [`${functionName}:live`, { version: live, weights: {} }],
    [`${functionName}:test`, { version: live, weights: {} }],
  ]);
  const digest = (version: number) => `sha256:${String(version).padStart(64, "0")}`;
  const images = Array.from({ length: latest }, (_, at) => [
    String(at + 1),
    `123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-dev-app@${digest(at + 1)}`,
  ]);
  return {
    aliases,
    alias: (name, alias) => aliases.get(`${name}:${alias}`),
    setAlias: (name, alias, to) => void aliases.set(`${name}:${alias}`, to),
    versions: (name) => (name === functionName ? Object.fromEntries(images) : {}),
    alarms: () => alarms,
    machine: (arn) => (arn === machineArn ? definition : undefined),
  };
}
