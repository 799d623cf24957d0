import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { diagramOf, pictureOf } from "../../docs/diagram-source.ts";
import type { Node } from "../../local/graph.ts";
import { recorded } from "../recorded.ts";

const node = (type: string, name: string, more: Partial<Node> = {}): Node => ({
  ...{ type, name, inputs: {}, secretInputs: [], id: "", outputs: {}, options: {} },
  ...more,
});
const arrows = (nodes: Node[]) =>
  diagramOf(nodes)
    .split("\n")
    .filter((line) => line.includes("->"));

describe("the picture of the architecture", () => {
  const door = node("slipway:index:Door", "door");
  const room = node("slipway:index:Room", "room");
  const floor = node("slipway:index:Floor", "floor");
  const tile = node("aws:a:Tile", "floor-tile", { parent: "floor", id: "tile-12345678" });
  const chair = node("aws:a:Chair", "room-chair", { parent: "room", id: "chair-1234567", inputs: { on: tile.id } });

  it("has an arrow from whoever uses an id to whoever has it", () => {
    assert.deepEqual(arrows([room, floor, tile, chair]), ['"room" -> "floor"']);
  });

  it("leaves out an arrow that two others say already", () => {
    const knob = node("aws:a:Knob", "door-knob", { parent: "door", inputs: { of: chair.id, over: tile.id } });
    assert.deepEqual(arrows([door, room, floor, tile, chair, knob]), ['"door" -> "room"', '"room" -> "floor"']);
  });

  it("takes no longer name for a use of a shorter one", () => {
    const other = node("aws:a:Chair", "room-chair", { parent: "room", inputs: { on: `${tile.id}-b` } });
    assert.deepEqual(arrows([room, floor, tile, other]), []);
  });

  it("has an arrow from an alarm to what it measures, though the program chose the name", () => {
    const lamp = node("aws:a:Lamp", "room-lamp", {
      parent: "room",
      id: "slipway-lamp",
      inputs: { name: "slipway-lamp" },
    });
    const alarm = (type: string) =>
      node(type, "door-alarm", { parent: "door", inputs: { dimensions: { Lamp: "slipway-lamp" } } });
    assert.deepEqual(arrows([door, room, lamp, alarm("aws:cloudwatch/metricAlarm:MetricAlarm")]), ['"door" -> "room"']);
    assert.deepEqual(arrows([door, room, lamp, alarm("aws:a:Alarm")]), []);
  });

  it("in the repository is the one of the dev stack", async () => {
    const { nodes } = await recorded("dev");
    assert.equal(
      await pictureOf(nodes),
      await readFile(new URL("../../docs/architecture.svg", import.meta.url), "utf8"),
      "run node docs/diagram.ts",
    );
  });
});
