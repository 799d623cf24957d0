import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { environment, migrationsCommand } from "../../../app/contract.ts";
import { Migrations, type MigrationsArgs } from "../../../components/data/migrations.ts";
import { graph, only, type Node } from "../../../local/graph.ts";
import { outline, place, policiesIn } from "../place.ts";

const imageUri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:${"ab".repeat(32)}`;
const masterSecretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-a1b2c3";
const needed: MigrationsArgs = {
  place,
  imageUri,
  command: migrationsCommand,
  migrationsHash: "01".repeat(32),
  databaseIdentifier: "slipway-test-database",
  databaseResourceId: "db-ABC",
  databaseAddress: "db.example.com",
  databasePort: 5432,
  databaseName: "clinic",
  masterSecretArn,
  databaseUsers: { patients: "slipway-test-patients" },
  subnetIds: ["subnet-1"],
  securityGroupIds: ["sg-1"],
};

const record = (args: Partial<MigrationsArgs> = {}, preview = false) =>
  graph(() => ({ applied: new Migrations("migrations", { ...needed, ...args }).applied }), { preview });
const build = async (args: Partial<MigrationsArgs> = {}, preview = false) => (await record(args, preview)).nodes;

const functionIn = (nodes: Node[]) => only(nodes, "aws:lambda/function:Function").inputs;
const runIn = (nodes: Node[]) => only(nodes, "aws:lambda/invocation:Invocation").inputs;

describe("Migrations", () => {
  it("runs once for the SQL, the image, the database and the users it was given", async () => {
    assert.deepEqual(runIn(await build()), {
      functionName: "slipway-test-migrations",
      qualifier: "live",
      input: `{"migrations":"${needed.migrationsHash}"}`,
      triggers: { image: imageUri, database: "db-ABC", users: '{"patients":"slipway-test-patients"}' },
    });
  });

  for (const [arg, value] of [
    ["migrationsHash", "02".repeat(32)],
    ["imageUri", imageUri.replace("abab", "cdcd")],
    ["databaseResourceId", "db-DEF"],
    ["databaseUsers", { patients: "slipway-test-patients", appointments: "slipway-test-appointments" }],
  ] as const) {
    it(`runs again when ${arg} changes, and not when memory does`, async () => {
      assert.notDeepEqual(runIn(await build({ [arg]: value })), runIn(await build()));
      assert.deepEqual(runIn(await build({ memoryMiB: 1024 })), runIn(await build()));
    });
  }

  it("runs the migration command in the network, for five minutes at most", async () => {
    const { imageConfig, timeout, vpcConfig, memorySize } = functionIn(await build());
    assert.deepEqual([imageConfig.commands, timeout, memorySize], [migrationsCommand, 300, 512]);
    assert.deepEqual(vpcConfig, { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] });
    assert.equal(functionIn(await build({ timeoutSeconds: 900 })).timeout, 900);
  });

  it("passes on how the function runs", async () => {
    const runtime: Partial<MigrationsArgs> = {
      architecture: "arm64",
      memoryMiB: 1024,
      logLevel: "DEBUG",
      replacementSecurityGroupIds: ["sg-0"],
    };
    const { architectures, memorySize, loggingConfig, replacementSecurityGroupIds } = functionIn(await build(runtime));
    assert.deepEqual([architectures, memorySize, replacementSecurityGroupIds], [["arm64"], 1024, ["sg-0"]]);
    assert.equal(loggingConfig.applicationLogLevel, "DEBUG");
  });

  it("tells the function the database, its users and the name of the secret, in the app's words", async () => {
    assert.deepEqual(functionIn(await build()).environment.variables, {
      [environment.databaseHost]: "db.example.com",
      [environment.databasePort]: "5432",
      [environment.databaseName]: "clinic",
      [environment.databaseSecretArn]: masterSecretArn,
      [environment.databaseRoles]: '{"patients":"slipway-test-patients"}',
    });
  });

  it("may read the master secret of this database and no other", async () => {
    const { policy } = only(await build(), "aws:iam/rolePolicy:RolePolicy").inputs;
    const secrets = JSON.parse(policy).Statement.filter(({ Action }: any) =>
      Action.includes("secretsmanager:GetSecretValue"),
    );
    assert.equal(secrets.length, 1);
    const tag = "secretsmanager:ResourceTag/aws:rds:primaryDBInstanceArn";
    const instance = "arn:aws:rds:eu-west-1:123456789012:db:slipway-test-database";
    assert.deepEqual(secrets[0].Condition, { StringEquals: { [tag]: instance } });
  });

  it("may use the key of that secret where it is the caller's, through Secrets Manager alone", async () => {
    const masterSecretKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const decrypting = async (args: Partial<MigrationsArgs>) =>
      JSON.parse(only(await build(args), "aws:iam/rolePolicy:RolePolicy").inputs.policy).Statement.filter(
        ({ Action }: any) => Action.some((action: string) => action.startsWith("kms:")),
      );
    assert.deepEqual(await decrypting({}), []);
    const [{ Action, Resource, Condition }, ...others] = await decrypting({ masterSecretKeyArn });
    assert.deepEqual([Action, Resource, others], [["kms:Decrypt"], [masterSecretKeyArn], []]);
    assert.deepEqual(Condition.StringEquals, { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" });
    const secrets = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-*";
    assert.deepEqual(Condition.StringLike, { "kms:EncryptionContext:SecretARN": secrets });
    const message = /^masterSecretKeyArn must be the ARN of one key, got "alias\/mine"/;
    await assert.rejects(build({ masterSecretKeyArn: "alias/mine" }), { message });
  });

  it("waits for what it depends on, and for its own function", async () => {
    const waits: string[] = [];
    await graph(() => {
      pulumi.runtime.registerStackTransformation(({ type, opts }) => {
        if (type !== "aws:lambda/invocation:Invocation") return undefined;
        for (const { __name } of opts.dependsOn as any[]) waits.push(__name);
        return undefined;
      });
      const network = new pulumi.ComponentResource("test:index:Network", "network");
      void new Migrations("migrations", needed, { dependsOn: [network] });
    });
    assert.deepEqual(waits, ["migrations-runner", "network"]);
  });

  it("tells what was applied once it was, never before", async () => {
    assert.deepEqual((await record()).outputs, { applied: '{"applied":[]}' });
    assert.deepEqual((await record({}, true)).outputs, {});
  });

  it("shows at preview what it creates at update, every document included", async () => {
    const [preview, update] = [await build({}, true), await build()];
    assert.deepEqual(outline(preview), outline(update));
    assert.deepEqual(policiesIn(preview), policiesIn(update));
  });

  it("fails on a hash or a user it cannot use", async () => {
    await assert.rejects(build({ migrationsHash: "v2" }), { message: /^migrationsHash must be a SHA-256 .* got "v2"/ });
    const databaseUsers = { patients: "Patients" };
    await assert.rejects(build({ databaseUsers }), { message: /^databaseUsers.patients must be .* got "Patients"/ });
  });
});
