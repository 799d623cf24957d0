import { parseArgs } from "node:util";
import { configOf } from "./config-words.ts";
import type { Preview } from "./preview.ts";
import { reportOf } from "./report.ts";
import { forecasts } from "./rollout/forecast.ts";

const usage = "usage: npm run plan -- [--stack dev] [--config key=value]... [--json]";

try {
  const { values } = parseArgs({
    options: {
      stack: { type: "string", default: "dev" },
      config: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
    },
  });
  const config = configOf(values.config);
  // Loaded when the words are right: whoever mistyped one is told at once.
  const { previewStack, refused } = await import("./preview.ts");
  const preview = await previewStack(values.stack, { config });
  console.log(values.json ? JSON.stringify(machineReadable(preview)) : reportOf(preview));
  process.exitCode = refused(preview) ? 1 : 0;
} catch (error) {
  const { message, code } = error as Error & { code?: string };
  console.error(code?.startsWith("ERR_PARSE_ARGS") ? `${message}\n${usage}` : message);
  process.exitCode = 1;
}

function machineReadable({ stack, nodes, findings }: Preview) {
  return {
    stack,
    resources: nodes.map(({ type, name, parent, inputs, secretInputs }) => {
      const hidden = Object.fromEntries(secretInputs.map((key) => [key, "[secret]"]));
      return { type, name, parent: parent ?? null, inputs: { ...inputs, ...hidden } };
    }),
    findings: findings.map(({ rule, level, resource, message }) => ({ rule, level, resource, message })),
    rollouts: forecasts(nodes),
  };
}
