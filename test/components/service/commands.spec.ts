import assert from "node:assert/strict";
import { containersIn, named, service, serviceIn, taskIn } from "./fixture.ts";

const audit = {
  logGroupName: "/aws/ecs/slipway-test-services/commands",
  keyAlias: "alias/slipway-test-services-commands",
};

describe("commands inside tasks", () => {
  it("are allowed only where asked for, and then recorded", async () => {
    assert.equal(serviceIn(await service()).inputs.enableExecuteCommand, false);
    const nodes = await service({ audit });
    assert.equal(serviceIn(nodes).inputs.enableExecuteCommand, true);
    assert.deepEqual(
      JSON.parse(named(nodes, "patients-task-grant").inputs.policy).Statement.flatMap(({ Action }: any) => Action),
      [
        "xray:PutTraceSegments",
        ...["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
          (action) => `ssmmessages:${action}`,
        ),
        ...["DescribeLogGroups", "CreateLogStream", "DescribeLogStreams", "PutLogEvents"].map(
          (action) => `logs:${action}`,
        ),
        "kms:Decrypt",
      ],
    );
  });

  it("give their agent, and nothing else, somewhere to write", async () => {
    const nodes = await service({ audit });
    const [container, collector] = containersIn(nodes);
    assert.deepEqual(
      container.mountPoints.map(({ containerPath, readOnly }: any) => [containerPath, readOnly]),
      [
        ["/managed-agents", false],
        ["/var/lib/amazon/ssm", false],
        ["/var/log/amazon/ssm", false],
      ],
    );
    const mounted = container.mountPoints.map(({ sourceVolume }: any) => sourceVolume);
    assert.deepEqual(
      taskIn(nodes).volumes.map(({ name }: any) => name),
      mounted,
    );
    assert.deepEqual([container.readonlyRootFilesystem, collector.mountPoints], [true, undefined]);
    const without = await service();
    assert.deepEqual([taskIn(without).volumes, containersIn(without)[0].mountPoints], [undefined, undefined]);
  });
});
