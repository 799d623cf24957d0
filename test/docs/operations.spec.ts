import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { watchesOf } from "../../components/observe/watch.ts";
import { rollbackTriggers } from "../../components/delivery/rollback-triggers.ts";
import { slotTriggers } from "../../components/delivery/slot-triggers.ts";
import type { Watched } from "../../components/observe/objectives.ts";

const page = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
  text!
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-"),
);

// By kind, so that one more does not compile before it stands here.
const everything: { [K in Watched["kind"]]: Extract<Watched, { kind: K }> } = {
  function: { kind: "function", functionName: "f", timeoutSeconds: 15 },
  api: { kind: "api", apiName: "a", stageName: "live" },
  database: { kind: "database", identifier: "d", maxConnections: 100, storageGiB: 20 },
  queue: { kind: "queue", queueName: "q" },
  service: { kind: "service", clusterName: "c", serviceName: "s" },
  targets: { kind: "targets", serviceName: "s", loadBalancer: "app/b/1", blue: "blue", green: "green" },
  balancer: { kind: "balancer", balancerName: "b", loadBalancer: "app/b/1" },
};
const watches = watchesOf(Object.values(everything), "prod");

describe("docs/operations.md", () => {
  for (const { kind, objective } of watches) {
    it(`says what to do about ${kind}-${objective.id}, and how soon`, () => {
      const anchor = `${kind}-${objective.id}`;
      assert.ok(headings.includes(anchor), `no heading "${anchor}"`);
      const [, text = ""] = page.split(`### ${anchor}\n\n`);
      assert.equal(text.split(".")[0], objective.severity === "page" ? "Page" : "Ticket");
    });
  }

  it("has no heading for an alarm that is gone", () => {
    const anchors = watches.map(({ kind, objective }) => `${kind}-${objective.id}`);
    const [, alarms = ""] = page.split("\n## Alarms\n");
    assert.deepEqual([...alarms.matchAll(/^### (.+)$/gm)].map(([, name]) => name).sort(), anchors.sort());
  });

  it("names every trigger of a roll-back", () => {
    for (const { id } of rollbackTriggers) assert.ok(page.includes(`\`new-${id}\``), id);
    const [, slots = ""] = page.split("### A service in two slots");
    for (const { id } of slotTriggers) assert.ok(slots.includes(`new-${id}\``), id);
  });

  it("links to headings that exist", () => {
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!);
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter((anchor) => !headings.includes(anchor)),
      [],
    );
  });
});
