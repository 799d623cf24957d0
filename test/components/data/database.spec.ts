import assert from "node:assert/strict";
import { Database, type DatabaseArgs } from "../../../components/data/database.ts";
import { graph, inputsOf, only, unknownValue, type Node } from "../../../local/graph.ts";
import { outline, place, policiesIn } from "../place.ts";

const needed = { place, part: "database", databaseName: "clinic", vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };

const record = (args: Partial<DatabaseArgs> = {}, preview = false) =>
  graph(
    () => {
      const { identifier, databaseName, port, address, masterSecretArn, logGroupNames } = new Database("database", {
        ...needed,
        ...args,
      });
      return { identifier, databaseName, port, address, masterSecretArn, logGroupNames };
    },
    { preview },
  );
const build = async (args: Partial<DatabaseArgs> = {}, preview = false) => (await record(args, preview)).nodes;

const instanceIn = (nodes: Node[]) => only(nodes, "aws:rds/instance:Instance").inputs;

const everything: Partial<DatabaseArgs> = { clients: { functions: "sg-functions" }, enhancedMonitoring: true };

describe("Database", () => {
  for (const [arg, input, standard, other] of [
    ["engineVersion", "engineVersion", "18", "17.6"],
    ["allowMajorVersionUpgrade", "allowMajorVersionUpgrade", false, true],
    ["instanceClass", "instanceClass", "db.t4g.micro", "db.m7g.large"],
    ["storageGiB", "allocatedStorage", 20, 100],
    ["maxStorageGiB", "maxAllocatedStorage", 100, 200],
    ["backupRetentionDays", "backupRetentionPeriod", 7, 30],
    ["multiAz", "multiAz", false, true],
    ["protect", "deletionProtection", true, false],
    ["applyImmediately", "applyImmediately", false, true],
    ["kmsKeyArn", "kmsKeyId", undefined, "arn:aws:kms:eu-west-1:123456789012:key/1"],
    ["kmsKeyArn", "masterUserSecretKmsKeyId", undefined, "arn:aws:kms:eu-west-1:123456789012:key/1"],
  ] as const) {
    it(`has ${input} ${standard ?? "left out"} unless told otherwise by ${arg}`, async () => {
      assert.equal(instanceIn(await build())[input], standard);
      assert.equal(instanceIn(await build({ [arg]: other }))[input], other);
    });
  }

  for (const [input, value] of [
    ["identifier", "slipway-test-database"],
    ["dbName", "clinic"],
    ["engine", "postgres"],
    ["port", 5432],
    ["publiclyAccessible", false],
    ["storageEncrypted", true],
    ["storageType", "gp3"],
    ["iamDatabaseAuthenticationEnabled", true],
    ["manageMasterUserPassword", true],
    ["username", "postgres"],
    ["password", undefined],
    ["backupWindow", "01:00-02:00"],
    ["maintenanceWindow", "sun:02:30-sun:03:30"],
    ["autoMinorVersionUpgrade", true],
    ["copyTagsToSnapshot", true],
    ["performanceInsightsEnabled", true],
    ["caCertIdentifier", "rds-ca-rsa2048-g1"],
    ["enabledCloudwatchLogsExports", ["postgresql", "upgrade"]],
  ] as const) {
    it(`always has ${input} ${JSON.stringify(value) ?? "left out"}`, async () => {
      assert.deepEqual(instanceIn(await build())[input], value);
    });
  }

  it("cannot be deleted by mistake, and leaves a snapshot and its backups", async () => {
    const { options, inputs } = only(await build(), "aws:rds/instance:Instance");
    assert.equal(options.protect, true);
    assert.deepEqual([inputs.skipFinalSnapshot, inputs.deleteAutomatedBackups], [false, false]);
    assert.equal(inputs.finalSnapshotIdentifier, "slipway-test-database-final-7f3a9c");
  });

  it("goes without a trace when it is not protected", async () => {
    const { options, inputs } = only(await build({ protect: false }), "aws:rds/instance:Instance");
    assert.equal(options.protect, false);
    assert.deepEqual([inputs.skipFinalSnapshot, inputs.deleteAutomatedBackups], [true, true]);
  });

  it("names its final snapshot after the subnet group's random end", async () => {
    const answers = { "aws:rds/subnetGroup:SubnetGroup": () => ({ name: "slipway-test-database-subnets-0a1b2c" }) };
    const { nodes } = await graph(() => void new Database("database", needed), { answers });
    assert.equal(instanceIn(nodes).finalSnapshotIdentifier, "slipway-test-database-final-0a1b2c");
  });

  it("forces TLS and keeps values out of the log, in a group for its major version", async () => {
    const group = only(await build({ engineVersion: "17.6" }), "aws:rds/parameterGroup:ParameterGroup");
    assert.deepEqual([group.name, group.inputs.family], ["database-parameters-17", "postgres17"]);
    const parameters = group.inputs.parameters.map(({ name, value, applyMethod }: any) => [name, value, applyMethod]);
    assert.deepEqual(parameters, [
      ["rds.force_ssl", "1", "pending-reboot"],
      ["log_lock_waits", "1", "immediate"],
      ["log_statement", "ddl", "immediate"],
      ["log_min_duration_statement", "1000", "immediate"],
      ["log_parameter_max_length", "0", "immediate"],
      ["log_parameter_max_length_on_error", "0", "pending-reboot"],
      ["idle_in_transaction_session_timeout", "60000", "immediate"],
    ]);
  });

  it("owns its log groups before the server writes them", async () => {
    const logs = inputsOf(await build({ logRetentionDays: 365 }), "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(logs, [
      { name: "/aws/rds/instance/slipway-test-database/postgresql", retentionInDays: 365 },
      { name: "/aws/rds/instance/slipway-test-database/upgrade", retentionInDays: 365 },
    ]);
    assert.equal(inputsOf(await build(), "aws:cloudwatch/logGroup:LogGroup")[0]!.retentionInDays, 30);
  });

  it("is reached by its clients alone, group by group, and calls nobody", async () => {
    const nodes = await build({ clients: { functions: "sg-functions", migrations: "sg-migrations" } });
    const own = only(nodes, "aws:ec2/securityGroup:SecurityGroup").id;
    assert.deepEqual(instanceIn(nodes).vpcSecurityGroupIds, [own]);
    const rules = (type: string) =>
      inputsOf(nodes, type).map((rule) => [
        rule.securityGroupId,
        rule.referencedSecurityGroupId,
        rule.fromPort,
        rule.toPort,
      ]);
    assert.deepEqual(rules("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), [
      [own, "sg-functions", 5432, 5432],
      [own, "sg-migrations", 5432, 5432],
    ]);
    assert.deepEqual(rules("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"), [
      ["sg-functions", own, 5432, 5432],
      ["sg-migrations", own, 5432, 5432],
    ]);
    assert.deepEqual(inputsOf(await build(), "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), []);
  });

  it("watches the operating system only when told to, for this instance alone", async () => {
    assert.deepEqual(inputsOf(await build(), "aws:iam/role:Role"), []);
    assert.equal(instanceIn(await build()).monitoringInterval, undefined);
    const nodes = await build({ enhancedMonitoring: true });
    const { monitoringInterval, monitoringRoleArn } = instanceIn(nodes);
    assert.deepEqual([monitoringInterval, monitoringRoleArn], [60, only(nodes, "aws:iam/role:Role").outputs.arn]);
    const [trust, grant] = policiesIn(nodes).map(({ Statement }) => Statement);
    assert.equal(
      trust[0].Condition.ArnEquals["aws:SourceArn"],
      "arn:aws:rds:eu-west-1:123456789012:db:slipway-test-database",
    );
    const group = "arn:aws:logs:eu-west-1:123456789012:log-group:RDSOSMetrics";
    assert.deepEqual(
      grant.map(({ Resource }: any) => Resource),
      [[group], [`${group}:log-stream:*`]],
    );
  });

  it("tells where it is and where the master secret lies", async () => {
    const { outputs } = await record();
    assert.match(outputs.address as string, /^slipway-test-database\..+\.eu-west-1\.rds\.amazonaws\.com$/);
    assert.match(outputs.masterSecretArn as string, /^arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-/);
    const { identifier, databaseName, port, logGroupNames } = outputs;
    assert.deepEqual([identifier, databaseName, port], ["slipway-test-database", "clinic", 5432]);
    assert.equal((logGroupNames as string[])[0], "/aws/rds/instance/slipway-test-database/postgresql");
  });

  for (const args of [{}, everything]) {
    it(`shows at preview what it creates at update, with ${Object.keys(args).length} options`, async () => {
      const [preview, update] = [await build(args, true), await build(args)];
      assert.deepEqual(outline(preview), outline(update));
      assert.deepEqual(policiesIn(preview), policiesIn(update));
      assert.ok(!JSON.stringify(policiesIn(preview)).includes(unknownValue));
    });
  }

  for (const [why, args, message] of [
    [
      "an engine version that is none",
      { engineVersion: "latest" },
      /^engineVersion must be .* from 15, got "latest": use 18/,
    ],
    ["a version without years left", { engineVersion: "14.9" }, /^engineVersion .* got "14.9"/],
    ["a name PostgreSQL folds", { databaseName: "Clinic" }, /^databaseName .* got "Clinic"/],
    [
      "a class without prefix",
      { instanceClass: "t4g.micro" },
      /^instanceClass .* got "t4g.micro": use a class such as db/,
    ],
    ["too little storage", { storageGiB: 10 }, /^storageGiB .* 20 to 65536, got 10/],
    ["no backups", { backupRetentionDays: 0 }, /^backupRetentionDays .* 1 to 35, got 0/],
    ["an odd retention", { logRetentionDays: 100 }, /^logRetentionDays .* got 100: use 120/],
    ["a name too long", { part: "d".repeat(60) }, /has 73 characters, the service allows 63/],
  ] as const) {
    it(`fails on ${why}`, async () => {
      await assert.rejects(build(args), { message });
    });
  }
});
