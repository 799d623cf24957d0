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

const everything: Watched[] = [
  { kind: "function", functionName: "f", timeoutSeconds: 15 },
  { kind: "api", apiName: "a", stageName: "live" },
  { kind: "database", identifier: "d", maxConnections: 100, storageGiB: 20 },
  { kind: "queue", queueName: "q" },
];

describe("docs/operations.md", () => {
  for (const { kind, objective } of watchesOf(everything, "prod")) {
    it(`says what to do about ${kind}-${objective.id}, and how soon`, () => {
      const anchor = `${kind}-${objective.id}`;
      assert.ok(headings.includes(anchor), `no heading "${anchor}"`);
      const [, text = ""] = page.split(`### ${anchor}\n\n`);
      assert.equal(text.split(".")[0], objective.severity === "page" ? "Page" : "Ticket");
    });
  }

  it("has no heading for an alarm that is gone", () => {
    const anchors = watchesOf(everything, "prod").map(({ kind, objective }) => `${kind}-${objective.id}`);
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
