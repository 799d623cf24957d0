import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { inputsOf, only, type Node } from "../../local/graph.ts";
import { recorded } from "../recorded.ts";

describe("the restore runbook", () => {
  let steps: string[];
  let nodes: Node[];
  before(async () => {
    const text = await readFile(new URL("../../docs/restore.md", import.meta.url), "utf8");
    const [, first = ""] = text.split("## Back to a minute ago");
    steps = first.split(/^(?=\d+\. )/m);
    ({ nodes } = await recorded("prod"));
  });

  const valuesOf = (option: string, step?: number) => {
    const text = (step === undefined ? steps.join("") : steps[step]!).replaceAll("\\\n", " ");
    return [...new Set([...text.matchAll(new RegExp(`--${option} +(\\S+)`, "g"))].map(([, value]) => value!))];
  };

  it("names what prod is made of", () => {
    const { name: service } = only(nodes, "aws:ecs/service:Service").inputs;
    const { name: cluster } = only(nodes, "aws:ecs/cluster:Cluster").inputs;
    const functions = inputsOf(nodes, "aws:lambda/function:Function").map(({ name }) => name);
    assert.deepEqual(
      [valuesOf("service"), valuesOf("services"), valuesOf("cluster")],
      [[service], [service], [cluster]],
    );
    const { resourceId } = only(nodes, "aws:appautoscaling/target:Target").inputs;
    assert.deepEqual([valuesOf("resource-id"), resourceId], [[`service/${cluster}/${service}`], resourceId]);
    assert.deepEqual(
      valuesOf("function-name").filter((name) => !functions.includes(name)),
      [],
    );
    assert.deepEqual(valuesOf("source-db-instance-identifier"), [
      only(nodes, "aws:rds/instance:Instance").inputs.identifier,
    ]);
  });

  it("takes every task away at the beginning, and gives the fewest back at the end, which no update does", () => {
    const { minCapacity } = only(nodes, "aws:appautoscaling/target:Target").inputs;
    assert.deepEqual([valuesOf("desired-count", 1), valuesOf("desired-count", 9)], [["0"], [String(minCapacity)]]);
    assert.ok(only(nodes, "aws:ecs/service:Service").options.ignoreChanges?.includes("desiredCount"));
    assert.match(steps[1]!, /put-function-concurrency/);
    assert.match(steps[9]!, /delete-function-concurrency/);
  });
});
