import assert from "node:assert/strict";
import type { Watched } from "../../../components/observe/objectives.ts";
import { watchesOf } from "../../../components/observe/watch.ts";
import { resources } from "./resources.ts";

const gib = 1024 ** 3;

describe("watchesOf", () => {
  it("has these alarms, bounds and severities in prod", () => {
    const rows = watchesOf(resources, "prod").map(({ alarmName, threshold, objective }) => [
      ...[alarmName, objective.comparison === "LessThanThreshold" ? "<" : ">", threshold],
      ...[
        `${objective.breaching} of ${objective.periods} x ${objective.period} s`,
        objective.severity,
        objective.missing,
      ],
    ]);
    assert.deepEqual(rows, [
      ["slipway-test-patients-errors", ">", 1, "3 of 5 x 60 s", "page", "notBreaching"],
      ["slipway-test-patients-throttles", ">", 0, "2 of 5 x 60 s", "page", "notBreaching"],
      ["slipway-test-patients-duration", ">", 14_250, "2 of 5 x 60 s", "ticket", "notBreaching"],
      ["slipway-test-api-server-errors", ">", 1, "3 of 5 x 60 s", "page", "notBreaching"],
      ["slipway-test-api-client-errors", ">", 25, "2 of 3 x 300 s", "ticket", "notBreaching"],
      ["slipway-test-api-latency", ">", 2000, "5 of 5 x 60 s", "ticket", "notBreaching"],
      ["slipway-test-database-cpu", ">", 80, "3 of 3 x 300 s", "ticket", "missing"],
      ["slipway-test-database-connections", ">", 80, "3 of 5 x 60 s", "page", "missing"],
      ["slipway-test-database-storage", "<", 2 * gib, "3 of 3 x 300 s", "page", "missing"],
      ["slipway-test-database-storage-limit", ">", 0, "1 of 1 x 300 s", "ticket", "notBreaching"],
      ["slipway-test-database-storage-stuck", ">", 0, "1 of 1 x 300 s", "page", "notBreaching"],
      ["slipway-test-dead-letters-waiting", ">", 0, "1 of 1 x 60 s", "ticket", "notBreaching"],
    ]);
  });

  it("has these bounds in dev", () => {
    const bounds = watchesOf(resources, "dev").map(({ threshold }) => threshold);
    assert.deepEqual(bounds, [5, 0, 14_250, 5, 50, 5000, 90, 80, 2 * gib, 0, 0, 0]);
  });

  it("keeps rates quiet where little happens", () => {
    const gated = watchesOf(resources, "prod").filter(({ objective }) => objective.expression !== undefined);
    assert.deepEqual(Object.fromEntries(gated.map(({ alarmName, objective }) => [alarmName, objective.expression])), {
      "slipway-test-patients-errors": "IF(errors >= 3, 100 * errors / runs, 0)",
      "slipway-test-api-server-errors": "IF(errors >= 3, 100 * errors / requests, 0)",
      "slipway-test-api-client-errors": "IF(errors >= 50, 100 * errors / requests, 0)",
      "slipway-test-api-latency": "IF(requests >= 20, latency, 0)",
    });
  });

  it("uses only words in an expression that its metrics define", () => {
    for (const { objective } of watchesOf(resources, "prod")) {
      const words = (objective.expression ?? "").match(/\b[a-z]\w*/g) ?? [];
      assert.deepEqual(
        words.filter((word) => !(word in objective.metrics)),
        [],
      );
    }
  });

  it("looks where CloudWatch has the metrics", () => {
    const metrics = watchesOf(resources, "prod").flatMap((watch) => Object.values(watch.metrics));
    const places = new Map(metrics.map(({ namespace, dimensions }) => [namespace, dimensions]));
    assert.deepEqual(Object.fromEntries(places), {
      "AWS/Lambda": { FunctionName: "slipway-test-patients" },
      "AWS/ApiGateway": { ApiName: "slipway-test-api", Stage: "live" },
      "AWS/RDS": { DBInstanceIdentifier: "slipway-test-database" },
      "AWS/Events": { RuleName: "slipway-test-database-storage-stuck" },
      "AWS/SQS": { QueueName: "slipway-test-dead-letters" },
    });
  });

  it("says for every number where it comes from", () => {
    assert.deepEqual(
      watchesOf(resources, "prod").filter(({ objective }) => objective.source.length < 20),
      [],
    );
  });

  for (const [wrong, resource, message] of [
    [
      "a function without a timeout",
      { kind: "function", functionName: "f", timeoutSeconds: 0 },
      /resources has "f" with timeoutMillis 0: give a positive number/,
    ],
    [
      "a database without storage",
      { kind: "database", identifier: "d", maxConnections: 9, storageGiB: NaN },
      /"d" with storageBytes NaN/,
    ],
  ] as [string, Watched, RegExp][]) {
    it(`fails on ${wrong}`, () => {
      assert.throws(() => watchesOf([resource], "prod"), message);
    });
  }

  it("fails on a resource given twice", () => {
    assert.throws(
      () => watchesOf([resources[3]!, resources[3]!], "dev"),
      /resources has "slipway-test-dead-letters" twice: remove one/,
    );
  });
});
