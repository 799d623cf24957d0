import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { monthlyEgressCost, type Egress } from "../../components/network/egress.ts";

const hours = 730;
const task = (0.25 * 0.04048 + 0.5 * 0.004445) * hours;
const balancer = 0.0252 * hours;
const million = 0.2 + 0.05 * 0.5 * 16.6667;
const egress = (kind: Egress, zones: number, endpoints = 0) =>
  monthlyEgressCost("eu-west-1", kind, zones, endpoints)!.fixed;

describe("the costs in docs/runtimes.md", () => {
  let text: string;
  before(async () => {
    text = (await readFile(new URL("../../docs/runtimes.md", import.meta.url), "utf8")).replaceAll(/\s+/g, " ");
  });

  const dev = task + balancer + egress("single-nat", 2) - egress("endpoints", 2, 1);
  const prod = 2 * task + balancer + egress("nat-per-az", 3) - egress("endpoints", 3, 1);
  for (const [what, words] of [
    ["a task", `0.5 GB, $${task.toFixed(2)} each | 1: $${task.toFixed(2)} | 2: $${(2 * task).toFixed(2)} |`],
    ["a load balancer", `once for all services | $${balancer.toFixed(2)} | $${balancer.toFixed(2)} |`],
    ["ways out", `single-nat: $${egress("single-nat", 2)} | nat-per-az: $${egress("nat-per-az", 3)} |`],
    ["the endpoint of functions", `-$${egress("endpoints", 2, 1)} | -$${egress("endpoints", 3, 1)} |`],
    ["the first service", `**$${dev.toFixed(2)}** | **$${prod.toFixed(2)}** |`],
    ["a million requests", `cost $${million.toFixed(2)}.`],
    [
      "the break-even",
      `${Math.round(prod / million)} million in prod (${Math.round(prod / million / 2.628)} a second)`,
    ],
    [
      "the endpoints of tasks",
      `$${egress("endpoints", 2, 6)} a month in dev and $${egress("endpoints", 3, 6)} in prod`,
    ],
  ] as const) {
    it(`follow from the list prices: ${what}`, () => assert.ok(text.includes(words), words));
  }
});
