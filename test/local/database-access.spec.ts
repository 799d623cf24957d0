import assert from "node:assert/strict";
import { databaseRefusal, type Refusal } from "../../local/database-access.ts";
import { turnedAway } from "../../local/database-login.ts";
import type { Node } from "../../local/graph.ts";
import { readFunctions } from "../../local/lambda/function-spec.ts";
import { readServices } from "../../local/service/service-spec.ts";
import { recorded } from "../recorded.ts";

const clientsOf = (nodes: Node[]) => [
  ...readFunctions(nodes).map(({ functionName: name, environment }) => ({ name, environment })),
  ...readServices(nodes).map(({ serviceName: name, environment }) => ({ name, environment })),
];

describe("access to the laptop's database", () => {
  let prod: Node[];
  let withProxy: Node[];
  before(async () => {
    ({ nodes: prod } = await recorded("prod"));
    ({ nodes: withProxy } = await recorded("prod", { config: { "slipway:databaseProxy": "on" } }));
  });

  const refusals = (nodes: Node[]) =>
    clientsOf(nodes).flatMap(({ name, environment }) => databaseRefusal(name, environment, nodes) ?? []);
  /** The graph without the resources whose names begin so, as if the program did not declare them. */
  const without = (nodes: Node[], ...names: string[]) =>
    refusals(nodes.filter(({ name }) => !names.some((taken) => name.startsWith(taken))));

  it("is every function's and service's that the program lets in", () => {
    assert.deepEqual([refusals(prod), refusals(withProxy)], [[], []]);
  });

  it("needs the role's right to log in as its user", () => {
    const [user] = ["slipway-prod-patients"];
    const resource = new RegExp(
      `^the role of ${user} has no rds-db:connect on arn:aws:rds-db:.*:dbuser:db-\\w+/${user}$`,
    );
    const [refusal, ...others] = without(prod, "patients-grant");
    assert.deepEqual([refusal!.kind, others], ["denied", []]);
    assert.match(refusal!.reason, resource);
  });

  it("is not another user's", () => {
    const { environment } = clientsOf(prod).find(({ name }) => name === "slipway-prod-patients")!;
    const stolen = { ...environment, DATABASE_USER: "slipway-prod-appointments" };
    assert.equal(databaseRefusal("slipway-prod-patients", stolen, prod)!.kind, "denied");
  });

  it("needs the migrations' right to read the owner's secret, of this instance", () => {
    const [refusal] = without(prod, "migrations-runner-grant");
    assert.match(refusal!.reason, /^the role of slipway-prod-migrations has no secretsmanager:GetSecretValue on arn:/);
    const elsewhere = prod.map((node) =>
      node.type === "aws:rds/instance:Instance"
        ? { ...node, outputs: { ...node.outputs, arn: `${node.outputs.arn}-other` } }
        : node,
    );
    assert.deepEqual(
      refusals(elsewhere).map(({ kind }) => kind),
      ["denied"],
    );
  });

  for (const [title, rules] of Object.entries({
    "the caller's rule": "database-tasks-out",
    "the database's rule": "database-tasks-in",
  })) {
    it(`needs a way through the network: ${title}`, () => {
      assert.deepEqual(without(prod, rules), [
        { kind: "unreachable", reason: "no security group of slipway-prod-appointments may call the database's" },
      ]);
    });
  }

  it("goes by way of the proxy for functions that know its address", () => {
    const unreachable: Refusal = {
      kind: "unreachable",
      reason: "no security group of slipway-prod-patients may call the database's",
    };
    assert.deepEqual(without(withProxy, "proxy-functions-in"), [unreachable]);
    assert.deepEqual(without(withProxy, "proxy-database-out"), [unreachable]);
  });

  it("ends where nobody listens, or with a password that is none", () => {
    const login = "postgres://slipway-dev-patients:given@127.0.0.1:5432/clinic";
    const away = (kind: Refusal["kind"]) => turnedAway(login, { kind, reason: "" });
    assert.equal(away("unreachable"), "postgres://slipway-dev-patients:given@127.0.0.1:1/clinic");
    assert.equal(away("denied"), "postgres://slipway-dev-patients:no-token@127.0.0.1:5432/clinic");
  });
});
