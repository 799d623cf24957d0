import assert from "node:assert/strict";
import { DatabaseProxy, type DatabaseProxyArgs } from "../../../components/data/proxy.ts";
import { graph, only } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";

const required: DatabaseProxyArgs = {
  ...{ place, part: "proxy", databaseIdentifier: "slipway-test-database", databaseSecurityGroupId: "sg-database" },
  ...{ users: ["slipway-test-patients", "slipway-test-appointments"], vpcId: "vpc-1" },
  ...{ subnetIds: ["subnet-1", "subnet-2"], clients: { functions: "sg-functions" } },
};
const build = async (args: Partial<DatabaseProxyArgs> = {}, preview = false) =>
  (await graph(() => void new DatabaseProxy("proxy", { ...required, ...args }), { preview })).nodes;

describe("DatabaseProxy", () => {
  it("takes IAM tokens over TLS and keeps no secret", async () => {
    const { name, engineFamily, defaultAuthScheme, requireTls, auths } = only(
      await build(),
      "aws:rds/proxy:Proxy",
    ).inputs;
    assert.deepEqual(
      [name, engineFamily, defaultAuthScheme, requireTls, auths],
      ["slipway-test-proxy-d98262", "POSTGRESQL", "IAM_AUTH", true, undefined],
    );
  });

  it("has another name in other subnets, so that its successor stands before it goes", async () => {
    const proxyIn = async (subnetIds: string[]) => only(await build({ subnetIds }), "aws:rds/proxy:Proxy");
    const { inputs, options } = await proxyIn(["subnet-2", "subnet-1"]);
    const other = await proxyIn(["subnet-1", "subnet-2", "subnet-3"]);
    assert.equal(inputs.name, (await proxyIn(["subnet-1", "subnet-2"])).inputs.name);
    assert.notEqual(inputs.name, other.inputs.name);
    assert.equal(options.deleteBeforeReplace, false);
  });

  it("owns the log group that RDS writes", async () => {
    const logs = async (args: Partial<DatabaseProxyArgs> = {}) =>
      only(await build(args), "aws:cloudwatch/logGroup:LogGroup").inputs;
    const { name } = only(await build(), "aws:rds/proxy:Proxy").inputs;
    assert.deepEqual(await logs(), { name: `/aws/rds/proxy/${name}`, retentionInDays: 30 });
    assert.equal((await logs({ logRetentionDays: 365 })).retentionInDays, 365);
  });

  it("may log in as its users and as nobody else", async () => {
    const { policy } = only(await build(), "aws:iam/rolePolicy:RolePolicy").inputs;
    assert.deepEqual(
      JSON.parse(policy).Statement.map(({ Action, Resource }: any) => [Action, Resource]),
      required.users.map((user) => [["rds-db:connect"], [`arn:aws:rds-db:eu-west-1:123456789012:dbuser:*/${user}`]]),
    );
  });

  it("leaves a fifth of the connections to others", async () => {
    const pool = (nodes: Awaited<ReturnType<typeof build>>) =>
      only(nodes, "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup").inputs.connectionPoolConfig;
    assert.deepEqual(pool(await build()), { maxConnectionsPercent: 80, connectionBorrowTimeout: 5 });
    assert.equal(pool(await build({ connectionsPercent: 50 })).maxConnectionsPercent, 50);
  });

  it("stands between its clients and the database", async () => {
    const nodes = await build();
    const group = only(nodes, "aws:ec2/securityGroup:SecurityGroup").id;
    const into = nodes.filter(({ type }) => type.endsWith(":SecurityGroupIngressRule"));
    assert.deepEqual(
      into.map(({ inputs }) => [inputs.referencedSecurityGroupId, inputs.securityGroupId, inputs.fromPort]).sort(),
      [
        ["sg-functions", group, 5432],
        [group, "sg-database", 5432],
      ].sort(),
    );
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await build({}, true)), outline(await build()));
  });

  it("fails without users, and on a share that is none", async () => {
    await assert.rejects(build({ users: [] }), /users is empty/);
    await assert.rejects(
      build({ connectionsPercent: 0 }),
      /connectionsPercent must be a whole number from 1 to 100, got 0/,
    );
    await assert.rejects(build({ part: "p".repeat(44) }), /has 57 characters, the service allows 56/);
  });
});
