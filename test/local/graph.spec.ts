import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { graph, inputsOf, only, unknownValue } from "../../local/graph.ts";

class Pair extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Pair", name, {}, opts);
    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: "{}" }, { parent: this, protect: true });
    const policy = pulumi.jsonStringify({ Resource: role.arn });
    new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy }, { parent: this, ignoreChanges: ["policy"] });
    this.registerOutputs({});
  }
}

describe("graph", () => {
  it("records type, name, parent and the options that matter", async () => {
    const { nodes } = await graph(() => new Pair("one"));
    assert.deepEqual(
      nodes.map(({ type, name, parent, options }) => ({ type, name, parent, options })),
      [
        { type: "slipway:index:Pair", name: "one", parent: undefined, options: {} },
        { type: "aws:iam/role:Role", name: "one-role", parent: "one", options: { protect: true } },
        {
          type: "aws:iam/rolePolicy:RolePolicy",
          name: "one-policy",
          parent: "one",
          options: { ignoreChanges: ["policy"] },
        },
      ],
    );
  });

  it("fills in what AWS would answer", async () => {
    const { nodes } = await graph(() => new Pair("one"));
    const [{ policy }] = inputsOf(nodes, "aws:iam/rolePolicy:RolePolicy") as [{ policy: string }];
    assert.equal(policy, '{"Resource":"arn:aws:iam::123456789012:role/one-role-7f3a9c"}');
  });

  it("leaves unknown at preview what only AWS knows", async () => {
    const { nodes } = await graph(() => new Pair("one"), { preview: true });
    assert.equal(inputsOf(nodes, "aws:iam/rolePolicy:RolePolicy")[0]!.policy, unknownValue);
  });

  it("opens secrets and says which inputs they were", async () => {
    const value = pulumi.secret("planted");
    const { nodes } = await graph(() => void new aws.ssm.Parameter("p", { type: "SecureString", value }));
    const { inputs, secretInputs } = only(nodes, "aws:ssm/parameter:Parameter");
    assert.deepEqual([inputs.value, secretInputs], ["planted", ["value"]]);
  });

  it("returns the stack's outputs as plain data", async () => {
    const { outputs } = await graph(async () => ({ account: (await aws.getCallerIdentity()).accountId }));
    assert.deepEqual(outputs, { account: "123456789012" });
  });

  it("lets one answer be replaced", async () => {
    const answers = { "aws:iam/role:Role": () => ({ arn: "arn:other" }) };
    const { nodes } = await graph(() => new Pair("one"), { answers });
    assert.equal(inputsOf(nodes, "aws:iam/rolePolicy:RolePolicy")[0]!.policy, '{"Resource":"arn:other"}');
  });

  it("keeps programs that are recorded at once apart", async () => {
    const recorded = await Promise.all(["one", "two"].map((name) => graph(() => new Pair(name))));
    assert.deepEqual(
      recorded.map(({ nodes }) => nodes.map(({ name }) => name)),
      [
        ["one", "one-role", "one-policy"],
        ["two", "two-role", "two-policy"],
      ],
    );
  });

  it("needs no proxy for a program with hooks, whatever the environment says", async () => {
    const names = ["grpc_proxy", "https_proxy", "http_proxy"];
    const held = names.map((name) => process.env[name]);
    // Nobody listens there.
    for (const name of names) process.env[name] = "http://127.0.0.1:9";
    try {
      const { nodes } = await graph(() => {
        const hook = new pulumi.ResourceHook("wait", () => undefined);
        new Pair("one", { hooks: { beforeCreate: [hook] } });
      });
      assert.equal(nodes.length, 3);
    } finally {
      for (const [at, name] of names.entries()) {
        if (held[at] === undefined) delete process.env[name];
        else process.env[name] = held[at];
      }
    }
  });

  it("fails as the program fails, and records the next one all the same", async () => {
    const failing = graph(() => {
      throw new Error("no such region");
    });
    await assert.rejects(failing, /^Error: no such region$/);
    assert.equal((await graph(() => new Pair("next"))).nodes.length, 3);
  });

  it("fails as an apply fails for which nobody waits", async () => {
    const failing = (then: (output: pulumi.Output<string>) => unknown) =>
      graph(() => {
        const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
        const output = role.arn.apply((arn): string => {
          throw new Error(`cannot use ${arn}`);
        });
        then(output);
      });
    const message = /cannot use arn:aws:iam::123456789012:role\/role-/;
    await assert.rejects(
      failing(() => undefined),
      message,
    );
    await assert.rejects(
      failing((name) => new aws.sns.Topic("topic", { name })),
      message,
    );
    assert.equal((await graph(() => new Pair("next"))).nodes.length, 3);
  });
});
