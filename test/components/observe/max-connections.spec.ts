import assert from "node:assert/strict";
import { maxConnectionsOf } from "../../../components/observe/max-connections.ts";

describe("maxConnectionsOf", () => {
  for (const [instanceClass, connections] of [
    ["db.t4g.micro", 79],
    ["db.t4g.medium", 417],
    ["db.m7g.large", 868],
    ["db.m7g.xlarge", 1769],
    ["db.r7g.2xlarge", 5000],
  ] as const) {
    it(`expects ${connections} connections on ${instanceClass}`, () => {
      assert.equal(maxConnectionsOf(instanceClass), connections);
    });
  }

  for (const instanceClass of ["db.z1d.large", "db.t4g.metal", "t4g.micro"]) {
    it(`fails on ${instanceClass}`, () => {
      assert.throws(
        () => maxConnectionsOf(instanceClass),
        /has a memory not known here: use a class such as db.t4g.micro/,
      );
    });
  }
});
