import assert from "node:assert/strict";
import { stepwise } from "../../../components/delivery/stepwise.ts";
import { ContainerFunction } from "../../../components/function/container-function.ts";
import { graph } from "../../../local/graph.ts";
import { place } from "../place.ts";

describe("a function behind a rollout", () => {
  const imageUri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:${"ab".repeat(32)}`;
  const behind = (provisionedConcurrency?: number, steps?: number[]) => {
    const shift = stepwise("patients", { place, steps });
    const args = { place, part: "patients", imageUri, provisionedConcurrency, shift };
    return graph(() => void new ContainerFunction("patients", args));
  };

  it("has an alias whose weights and description are not Pulumi's", async () => {
    const { nodes } = await behind();
    const live = nodes.find(({ name }) => name === "patients-live")!;
    assert.deepEqual(live.options, { ignoreChanges: ["routingConfig", "description"] });
    assert.equal(nodes.find(({ name }) => name === "patients-rollout")!.parent, "patients");
  });

  it("fails with warm instances on an alias that divides its traffic, and takes them with a single step", async () => {
    await assert.rejects(
      behind(2),
      /provisionedConcurrency 2 keeps the traffic of live from being divided: leave it out, or/,
    );
    const { nodes } = await behind(2, [100]);
    assert.equal(
      nodes.some(({ name }) => name === "patients-warm"),
      true,
    );
    const states = async (warm?: number) => {
      const machine = (await behind(warm, [100])).nodes.find(({ name }) => name === "patients-rollout-machine")!;
      return JSON.parse(machine.inputs.definition).States;
    };
    const [undivided, divided] = [await states(2), await states()];
    assert.equal(undivided["Shift to 100 per cent"].Parameters["FunctionVersion.$"], "$.to");
    assert.equal(divided["Shift to 100 per cent"].Parameters["FunctionVersion.$"], "$.from");
  });
});
