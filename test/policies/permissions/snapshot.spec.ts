import assert from "node:assert/strict";
import { unknownValue } from "../../../local/graph.ts";
import { snapshotOf } from "../../../policies/permissions/snapshot.ts";
import { account, allow, grant, holding, role } from "../documents.ts";
import { resource } from "../laws.ts";

const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
const door = (sourceArn: string) =>
  resource(
    "aws:lambda/permission:Permission",
    { principal: "apigateway.amazonaws.com", action: "lambda:InvokeFunction", function: "api", sourceArn },
    { name: "door" },
  );

describe("a snapshot of permissions", () => {
  it("names principals as the program does, and holds nothing that another account would not have", () => {
    const { snapshot, unknown } = snapshotOf(holding(allow("sqs:SendMessage", queue)));
    const { policies } = snapshot.principals["worker"]!;
    assert.deepEqual(policies, {
      "worker-grant": {
        Version: "2012-10-17",
        Statement: [allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:<account>:orders")],
      },
    });
    assert.deepEqual(unknown, []);
    assert.ok(!JSON.stringify(snapshot).includes(account));
  });

  it("is the same in another account", () => {
    const other = JSON.parse(
      JSON.stringify(holding(allow("sqs:SendMessage", queue))).replaceAll(account, "210987654321"),
    );
    assert.deepEqual(snapshotOf(other), snapshotOf(holding(allow("sqs:SendMessage", queue))));
  });

  it("keeps the account of a stranger", () => {
    const { snapshot } = snapshotOf(holding(allow("sqs:SendMessage", queue.replace(account, "210987654321"))));
    assert.match(JSON.stringify(snapshot), /arn:aws:sqs:eu-west-1:210987654321:orders/);
  });

  it("stands for an id that AWS invents with the name of its resource", () => {
    const api = (id: string) =>
      resource("aws:apigateway/restApi:RestApi", { name: "shop" }, { name: "api", outputs: { id } });
    const at = (id: string) =>
      snapshotOf([api(id), role("worker"), door(`arn:aws:execute-api:eu-west-1:${account}:${id}/live/*`)]);
    assert.deepEqual(at("a1b2c3d4e5"), at("z9y8x7w6v5"));
    assert.match(JSON.stringify(at("a1b2c3d4e5").snapshot), /<account>:<api>\/live/);
  });

  it("leaves out what is not known yet, and says so", () => {
    const { snapshot, unknown } = snapshotOf([
      door(unknownValue),
      ...holding(allow("sqs:SendMessage", queue)),
      { ...grant("worker"), name: "later", props: { role: "worker", policy: unknownValue } },
    ]);
    assert.deepEqual(Object.keys(snapshot.resources), []);
    assert.deepEqual(Object.keys(snapshot.principals["worker"]!.policies), ["worker-grant"]);
    assert.deepEqual(
      unknown.map(({ resource, unknown }) => [resource.name, unknown.path]),
      [
        ["door", "sourceArn"],
        ["later", "policy"],
      ],
    );
  });

  it("leaves out a policy of nobody knows whom", () => {
    const stray = { ...grant("worker", allow("sqs:SendMessage", queue)), props: { role: unknownValue, policy: "{}" } };
    const { snapshot, unknown } = snapshotOf([role("worker"), stray]);
    assert.deepEqual(Object.keys(snapshot.principals), ["worker"]);
    assert.deepEqual(
      unknown.map(({ unknown }) => unknown.path),
      ["role"],
    );
  });
});
