import assert from "node:assert/strict";
import { Database, type DatabaseArgs } from "../../../components/data/database.ts";
import { databaseObjectives } from "../../../components/observe/database-objectives.ts";
import { graph, inputsOf, only, type Node } from "../../../local/graph.ts";
import { place } from "../place.ts";

const needed = { place, part: "database", databaseName: "clinic", vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };
const build = async (args: Partial<DatabaseArgs> = {}): Promise<Node[]> =>
  (await graph(() => void new Database("database", { ...needed, ...args }))).nodes;
const instanceIn = (nodes: Node[]) => only(nodes, "aws:rds/instance:Instance").inputs;

describe("the storage of a Database", () => {
  it("counts what RDS says of storage near its limit, and of storage that cannot grow, where the alarms look", async () => {
    const rules = inputsOf(await build(), "aws:cloudwatch/eventRule:EventRule");
    const counted = Object.fromEntries(
      rules.map(({ name, eventPattern }) => {
        const { source, detail } = JSON.parse(eventPattern);
        assert.deepEqual([source, detail.SourceIdentifier], [["aws.rds"], ["slipway-test-database"]]);
        return [name, detail.EventID.map((id: string) => id.slice(-4))];
      }),
    );
    assert.deepEqual(counted, {
      "slipway-test-database-storage-limit": ["0225"],
      "slipway-test-database-storage-stuck": ["0223", "0224", "0254", "0007"],
    });
    const watched = databaseObjectives.flatMap(({ metrics }) =>
      Object.values(metrics).flatMap(({ rule = [] }) => rule),
    );
    assert.deepEqual(
      watched.map((rule) => `slipway-test-database-${rule}`),
      Object.keys(counted),
    );
  });

  it("grows to five times its storage, and to no more than RDS has", async () => {
    assert.equal(instanceIn(await build({ storageGiB: 60 })).maxAllocatedStorage, 300);
    assert.equal(instanceIn(await build({ storageGiB: 50_000 })).maxAllocatedStorage, 65536);
    assert.equal(instanceIn(await build({ storageGiB: 60_000 })).maxAllocatedStorage, 60_000);
  });

  for (const [why, args, message] of [
    [
      "a ceiling RDS refuses",
      { storageGiB: 100, maxStorageGiB: 105 },
      /^maxStorageGiB must be a tenth more than storageGiB 100 at least, got 105: use 110 or more/,
    ],
    ["a ceiling under the floor", { storageGiB: 50, maxStorageGiB: 40 }, /^maxStorageGiB .* 50 to 65536, got 40/],
  ] as const) {
    it(`fails on ${why}`, async () => {
      await assert.rejects(build(args), { message });
    });
  }
});
