import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { FargateService, type FargateServiceArgs } from "../../../components/service/fargate-service.ts";
import { graph } from "../../../local/graph.ts";
import { required, service } from "./fixture.ts";

const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:partner-key-a1B2c3";

describe("FargateService, before anything is made,", () => {
  it("fails on a name that leaves target groups no room for theirs", async () => {
    const named = (name: string, entrance?: string) =>
      graph(() => new FargateService(name, { ...required, loadBalancer: { ...required.loadBalancer, entrance } }));
    assert.ok(await named("s".repeat(18)));
    await assert.rejects(named("s".repeat(19)), /name "s{19}-green" has 25 characters, AWS leaves room for 24/);
    assert.ok(await named("s".repeat(13), "door"));
    await assert.rejects(named("s".repeat(14), "door"), /name "s{14}-door-green" has 25 characters/);
  });

  for (const [title, args, message] of [
    ["a tag where a digest belongs", { imageUri: "app:latest" }, /imageUri must be pinned by digest, got "app:latest"/],
    [
      "a size Fargate has not",
      { cpu: 256, memoryMiB: 4096 },
      /memoryMiB must be a size Fargate has for cpu 256 .*, got 4096: use 2048/,
    ],
    ["root", { user: "0:0" }, /user must be a numeric user and group other than root, got "0:0": use 1000:1000/],
    [
      "a secret by wildcard",
      { secrets: { KEY: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:*" } },
      /secrets must have the exact ARN/,
    ],
    [
      "a variable twice",
      { secrets: { KEY: secret }, environment: { KEY: "x" } },
      /secrets and environment both have "KEY"/,
    ],
    [
      "more tasks at least than at most",
      { minTasks: 3, maxTasks: 2 },
      /maxTasks must be a whole number from 3 to 1000, got 2/,
    ],
    [
      "a health check longer than its interval",
      { health: { intervalSeconds: 5, timeoutSeconds: 5 } },
      /timeoutSeconds 5 must be less than intervalSeconds 5/,
    ],
    [
      "a hook nobody asks",
      { preTrafficHook: { functionArn: "arn:x" } },
      /preTrafficHook is asked by ECS before it shifts traffic: use blue-green/,
    ],
    [
      "a service longer to stop than Fargate waits",
      { stopSeconds: 120 },
      /stopSeconds must be a whole number from 1 to 115, got 120/,
    ],
  ] as const) {
    it(`fails on ${title}`, async () => {
      await assert.rejects(service(args as Partial<FargateServiceArgs>), (error) => {
        assert.ok(error instanceof pulumi.ResourceError);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});
