import assert from "node:assert/strict";
import type { FargateServiceArgs } from "../../../components/service/fargate-service.ts";
import { inputsOf, only } from "../../../local/graph.ts";
import { outline } from "../place.ts";
import { containersIn, imageUri, named, service, serviceIn, taskIn } from "./fixture.ts";

const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:partner-key-a1B2c3";
const canary = { kind: "canary", percent: 10, bakeMinutes: 10 } as const;
const everything: Partial<FargateServiceArgs> = {
  secrets: { PARTNER_KEY: secret },
  environment: { SERVICE: "patients" },
  strategy: canary,
  preTrafficHook: { functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:slipway-test-smoke" },
  audit: { logGroupName: "/aws/ecs/slipway-test-services/commands", keyAlias: "alias/slipway-test-services-commands" },
  spotPercent: 75,
};

const statements = (nodes: Awaited<ReturnType<typeof service>>, role: string) =>
  JSON.parse(named(nodes, `patients-${role}-grant`).inputs.policy).Statement;

describe("FargateService", () => {
  it("keeps one family and every revision of it", async () => {
    const { family, skipDestroy, networkMode, requiresCompatibilities } = taskIn(await service());
    assert.deepEqual(
      [family, skipDestroy, networkMode, requiresCompatibilities],
      ["slipway-test-patients", true, "awsvpc", ["FARGATE"]],
    );
  });

  it("gives no container root, a writable file system or capabilities", async () => {
    const containers = containersIn(await service());
    assert.deepEqual(
      containers.map(({ name }: any) => name),
      ["service", "collector"],
    );
    for (const { user, readonlyRootFilesystem, linuxParameters } of containers) {
      assert.match(user, /^[1-9]\d*:[1-9]\d*$/);
      assert.deepEqual([readonlyRootFilesystem, linuxParameters.capabilities], [true, { add: [], drop: ["ALL"] }]);
    }
  });

  it("runs the service under an init process and gives it longer to stop than it takes", async () => {
    const [container] = containersIn(await service({ stopSeconds: 25 }));
    assert.deepEqual(
      [container.image, container.linuxParameters.initProcessEnabled, container.stopTimeout],
      [imageUri, true, 30],
    );
    assert.equal(inputsOf(await service(), "aws:lb/targetGroup:TargetGroup")[0]!.deregistrationDelay, 30);
  });

  it("asks each container whether it lives, and a new one only after its grace", async () => {
    const nodes = await service({ graceSeconds: 90 });
    const [container] = containersIn(nodes);
    const { interval, timeout, retries, startPeriod, command } = container.healthCheck;
    assert.deepEqual([interval, timeout, retries, startPeriod, command[0]], [10, 5, 3, 90, "CMD"]);
    assert.match(command.at(-1), /http:\/\/127\.0\.0\.1:8080\/health\/patients/);
    assert.equal(serviceIn(nodes).inputs.healthCheckGracePeriodSeconds, 90);
    assert.equal(serviceIn(await service()).inputs.healthCheckGracePeriodSeconds, 60);
  });

  it("hands its spans to a pinned collector that it can do without", async () => {
    const [container, collector] = containersIn(await service());
    assert.deepEqual([collector.essential, container.essential], [false, true]);
    assert.match(
      collector.image,
      /^public\.ecr\.aws\/aws-observability\/aws-otel-collector:v[\d.]+@sha256:[0-9a-f]{64}$/,
    );
    const sent = container.environment.find(({ name }: any) => name === "OTEL_EXPORTER_OTLP_ENDPOINT");
    const config = JSON.parse(collector.environment[0].value);
    assert.equal(sent.value, `http://${config.receivers.otlp.protocols.http.endpoint}`);
    assert.deepEqual(config.service.pipelines.traces.exporters, ["awsxray"]);
    assert.equal(containersIn(await service({ traced: false })).length, 1);
  });

  it("pulls from one repository, writes one log group, reads the named secrets, and nothing else", async () => {
    const granted = statements(await service(everything), "execution");
    assert.deepEqual(
      granted.map(({ Effect, Action, Resource }: any) => [Effect, Action.join(" "), Resource]),
      [
        ["Allow", "ecr:GetAuthorizationToken", ["*"]],
        [
          "Allow",
          "ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer",
          ["arn:aws:ecr:eu-west-1:123456789012:repository/slipway-test-app"],
        ],
        [
          "Allow",
          "logs:CreateLogStream logs:PutLogEvents",
          ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/ecs/slipway-test-patients:log-stream:*"],
        ],
        ["Allow", "secretsmanager:GetSecretValue", [secret]],
      ],
    );
    assert.deepEqual(containersIn(await service(everything))[0].secrets, [{ name: "PARTNER_KEY", valueFrom: secret }]);
  });

  it("keeps the rights to start tasks from the service itself", async () => {
    const nodes = await service({ permissions: [{ sid: "Own", actions: ["rds-db:connect"], resources: ["arn:x"] }] });
    assert.deepEqual(
      statements(nodes, "task").map(({ Action, Resource }: any) => [Action, Resource]),
      [
        [["xray:PutTraceSegments"], ["*"]],
        [["rds-db:connect"], ["arn:x"]],
      ],
    );
    const { executionRoleArn, taskRoleArn } = taskIn(nodes);
    assert.notEqual(executionRoleArn, taskRoleArn);
    const trust = JSON.parse(named(nodes, "patients-task-role").inputs.assumeRolePolicy).Statement[0];
    assert.deepEqual(trust.Condition.StringEquals, { "aws:SourceAccount": "123456789012" });
  });

  it("runs in the given subnets without a public address, and waits until it is steady", async () => {
    const nodes = await service();
    const { inputs, options } = serviceIn(nodes);
    assert.deepEqual(inputs.networkConfiguration, {
      subnets: ["subnet-1", "subnet-2"],
      securityGroups: ["sg-tasks", named(nodes, "patients-group").id],
      assignPublicIp: false,
    });
    assert.deepEqual(
      [inputs.waitForSteadyState, inputs.sigintRollback, options.deleteBeforeReplace],
      [true, false, true],
    );
    assert.deepEqual(inputs.deploymentCircuitBreaker, { enable: true, rollback: true });
    assert.deepEqual([inputs.deploymentMinimumHealthyPercent, inputs.deploymentMaximumPercent], [100, 200]);
  });

  it("has two target groups with the health check of the table", async () => {
    const groups = inputsOf(await service(), "aws:lb/targetGroup:TargetGroup");
    assert.equal(groups.length, 2);
    for (const { healthCheck, targetType } of groups) {
      const { healthyThreshold, unhealthyThreshold, interval, timeout, path, matcher } = healthCheck;
      assert.deepEqual([healthyThreshold, unhealthyThreshold, interval, timeout], [3, 2, 30, 3]);
      assert.deepEqual([path, matcher, targetType], ["/health/patients", "200", "ip"]);
    }
  });

  it("keeps the first task off spot capacity", async () => {
    for (const [spotPercent, capacity] of [
      [0, [{ capacityProvider: "FARGATE", base: 1, weight: 100 }]],
      [
        75,
        [
          { capacityProvider: "FARGATE", base: 1, weight: 25 },
          { capacityProvider: "FARGATE_SPOT", weight: 75 },
        ],
      ],
    ] as const) {
      const { launchType, capacityProviderStrategies } = serviceIn(await service({ spotPercent })).inputs;
      assert.deepEqual([launchType, capacityProviderStrategies], [undefined, capacity]);
    }
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await service(everything, { preview: true })), outline(await service(everything)));
  });

  it("writes to a log group of its own", async () => {
    const { name, retentionInDays } = only(await service(), "aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual([name, retentionInDays], ["/aws/ecs/slipway-test-patients", 30]);
    for (const { logConfiguration } of containersIn(await service())) {
      assert.equal(logConfiguration.options["awslogs-group"], name);
    }
  });

  it("may read each secret by its exact ARN and no other, and none without any", async () => {
    const other = `${secret.slice(0, -"partner-key-a1B2c3".length)}mail-key-x9Y8z7`;
    const nodes = await service({ secrets: { PARTNER_KEY: secret, MAIL_KEY: other, MAIL_KEY_AGAIN: other } });
    assert.deepEqual(containersIn(nodes)[0].secrets, [
      { name: "MAIL_KEY", valueFrom: other },
      { name: "MAIL_KEY_AGAIN", valueFrom: other },
      { name: "PARTNER_KEY", valueFrom: secret },
    ]);
    const reads = (given: typeof nodes) =>
      statements(given, "execution").filter(({ Action }: any) =>
        Action.some((a: string) => /^secretsmanager:/.test(a)),
      );
    assert.deepEqual(
      reads(nodes).map(({ Action, Resource }: any) => [Action, Resource.toSorted()]),
      [[["secretsmanager:GetSecretValue"], [other, secret]]],
    );
    const without = await service();
    assert.deepEqual([containersIn(without)[0].secrets, reads(without)], [[], []]);
  });
});
