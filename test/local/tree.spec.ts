import assert from "node:assert/strict";
import { treeOf, shortType } from "../../local/tree.ts";
import type { Node } from "../../local/graph.ts";

const node = (type: string, name: string, parent?: string, protect = false): Node => ({
  type,
  name,
  parent,
  inputs: {},
  secretInputs: [],
  id: "",
  outputs: {},
  options: protect ? { protect } : {},
});

describe("tree", () => {
  it("shows children under their parents by the part of the name that is their own", () => {
    const lines = treeOf([
      node("pulumi:providers:aws", "aws"),
      node("slipway:index:ContainerFunction", "api"),
      node("aws:cloudwatch/logGroup:LogGroup", "api-logs", "api"),
      node("slipway:index:Inner", "api-inner", "api"),
      node("aws:sqs/queue:Queue", "api-inner-queue", "api-inner", true),
    ]);
    assert.deepEqual(
      lines.map((line) => line.replace(/(?<=\S) +(?=[a-z]+:)/, " | ")),
      [
        "aws | pulumi:providers:aws",
        "api | slipway:ContainerFunction",
        "├─ logs | aws:cloudwatch:LogGroup",
        "└─ inner | slipway:Inner",
        "   └─ queue | aws:sqs:Queue  protected",
      ],
    );
  });

  it("is empty for a program without resources", () => assert.deepEqual(treeOf([]), []));
});

describe("short type", () => {
  for (const [type, short] of [
    ["aws:lambda/function:Function", "aws:lambda:Function"],
    ["slipway:index:Network", "slipway:Network"],
    ["docker-build:index:Image", "docker-build:Image"],
    ["awsx:ec2:Vpc", "awsx:ec2:Vpc"],
  ] as const) {
    it(`of ${type} is ${short}`, () => assert.equal(shortType(type), short));
  }
});
