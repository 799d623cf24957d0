import type { Watched } from "../../../components/observe/objectives.ts";

/** One resource of each kind, named as this stack names them. */
export const resources: readonly Watched[] = [
  { kind: "function", functionName: "slipway-test-patients", timeoutSeconds: 15 },
  { kind: "api", apiName: "slipway-test-api", stageName: "live" },
  { kind: "database", identifier: "slipway-test-database", maxConnections: 100, storageGiB: 20 },
  { kind: "queue", queueName: "slipway-test-dead-letters" },
];
