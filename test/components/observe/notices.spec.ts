import assert from "node:assert/strict";
import { Notices, type NoticesArgs } from "../../../components/observe/notices.ts";
import { graph, inputsOf, only, type Node } from "../../../local/graph.ts";
import { outline, place, policiesIn } from "../place.ts";

const topic = (severity: string) => `arn:aws:sns:eu-west-1:123456789012:slipway-test-${severity}`;
const build = async (args: Partial<NoticesArgs> = {}, preview = false): Promise<Node[]> =>
  (await graph(() => void new Notices("notices", { place, ...args }), { preview })).nodes;

describe("Notices", () => {
  it("has a topic per severity, both under a rotated key of their own", async () => {
    const nodes = await build();
    const key = only(nodes, "aws:kms/key:Key");
    assert.equal(key.inputs["enableKeyRotation"], true);
    assert.deepEqual(inputsOf(nodes, "aws:sns/topic:Topic"), [
      { name: "slipway-test-page", kmsMasterKeyId: key.outputs["arn"] },
      { name: "slipway-test-ticket", kmsMasterKeyId: key.outputs["arn"] },
    ]);
  });

  it("lets this stack's alarms publish, and refuses what comes without TLS", async () => {
    const policies = inputsOf(await build(), "aws:sns/topicPolicy:TopicPolicy").map(
      ({ policy }) => JSON.parse(policy).Statement,
    );
    assert.deepEqual(policies[0], [
      {
        Sid: "PublishAlarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["sns:Publish"],
        Resource: [topic("page")],
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:slipway-test-*" },
        },
      },
      {
        Sid: "RefusePlaintext",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["sns:Publish"],
        Resource: [topic("page")],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    assert.deepEqual(policies[1][0].Resource, [topic("ticket")]);
  });

  it("lets alarms of this account encrypt, and the account administer the key", async () => {
    const [account, alarms] = JSON.parse(only(await build(), "aws:kms/key:Key").inputs["policy"]).Statement;
    assert.deepEqual(account.Principal, { AWS: "arn:aws:iam::123456789012:root" });
    assert.ok(account.Action.includes("kms:PutKeyPolicy") && account.Action.includes("kms:ScheduleKeyDeletion"));
    assert.deepEqual(alarms, {
      Sid: "EncryptAlarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
  });

  it("tells nobody unless told", async () => {
    assert.deepEqual(inputsOf(await build(), "aws:sns/topicSubscription:TopicSubscription"), []);
  });

  it("tells each address of its severity", async () => {
    const nodes = await build({ pageEmails: ["duty@example.com"], ticketEmails: ["team@example.com"] });
    assert.deepEqual(inputsOf(nodes, "aws:sns/topicSubscription:TopicSubscription"), [
      { topic: topic("page"), protocol: "email", endpoint: "duty@example.com" },
      { topic: topic("ticket"), protocol: "email", endpoint: "team@example.com" },
    ]);
  });

  it("gives out no topic before alarms may publish to it", async () => {
    const behind = (topicArn: unknown) => (topicArn as { resources(): Promise<Set<{ __name: string }>> }).resources();
    const { outputs } = await graph(async () => {
      const resources = await behind(new Notices("notices", { place }).pageTopicArn);
      return { names: [...resources].map(({ __name }) => __name) };
    });
    assert.ok((outputs["names"] as string[]).includes("notices-page-policy"));
  });

  it("shows at preview what it creates at update, policies word for word", async () => {
    const [previewed, updated] = [await build({}, true), await build()];
    assert.deepEqual(outline(previewed), outline(updated));
    assert.deepEqual(policiesIn(previewed), policiesIn(updated));
  });

  it("fails on what is no e-mail address", async () => {
    await assert.rejects(
      build({ pageEmails: ["duty"] }),
      /pageEmails and ticketEmails must hold e-mail addresses, got "duty"/,
    );
  });
});
