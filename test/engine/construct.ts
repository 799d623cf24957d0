import grpc from "@grpc/grpc-js";
import type messages from "@pulumi/pulumi/proto/provider_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import monitorService from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { Inputs } from "../../local/answers/account.ts";
import { unknownValue } from "../../local/graph.ts";
import type { Cloud } from "./cloud.ts";
import { fromWire, toWire, unwrapped } from "./wire.ts";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
const subnetKinds = ["public", "private", "isolated"] as const;

/**
 * Builds the remote component `awsx:ec2:Vpc`: a VPC and its subnets as children, with the ids the recorded graph answers,
 * so that a program sees the same network either way. Refuses other components.
 */
export async function construct(cloud: Cloud, request: messages.ConstructRequest): Promise<messages.ConstructResponse> {
  if (request.getType() !== "awsx:ec2:Vpc") throw new Error(`cannot construct ${request.getType()}, only awsx:ec2:Vpc`);
  const monitor = new Monitor(request);
  try {
    const inputs = unwrapped(fromWire(request.getInputs())) as Inputs;
    const name = request.getName();
    // A component has no id of its own.
    const { state } = cloud.answer(request.getType(), name, inputs);
    const answer: Inputs = Object.fromEntries(Object.entries(state).filter(([output]) => output !== "id"));
    const urn = await monitor.component();

    const child = (type: string, childName: string, id: string, properties: Inputs) => {
      cloud.reserved.set(`${type} ${childName}`, id);
      return monitor.child(type, childName, properties, urn);
    };
    const vpc = await child(vpcType, name, answer.vpcId, {
      cidrBlock: inputs.cidrBlock ?? "10.0.0.0/16",
      tags: inputs.tags,
    });
    const known = vpc.id !== unknownValue;
    const outputs: Inputs = known ? { ...answer, vpcId: vpc.id } : unknowns(answer);
    const response = new pb.ConstructResponse().setUrn(urn);
    // What hangs on an output hangs on the children it came from, not on the component alone.
    const comesFrom = (output: string, ...children: Child[]) => {
      const urns = new pb.ConstructResponse.PropertyDependencies().setUrnsList(children.map((each) => each.urn));
      response.getStatedependenciesMap().set(output, urns);
    };
    for (const output of Object.keys(outputs)) comesFrom(output, vpc);
    for (const kind of subnetKinds) {
      const ids: string[] = answer[`${kind}SubnetIds`] ?? [];
      const subnets = await Promise.all(
        ids.map((id, zone) => {
          const tags = { SubnetType: kind, Zone: `${zone + 1}` };
          return child(subnetType, `${name}-${kind}-${zone + 1}`, id, { vpcId: vpc.id, tags });
        }),
      );
      outputs[`${kind}SubnetIds`] = subnets.map(({ id }) => id);
      comesFrom(`${kind}SubnetIds`, ...subnets);
    }
    await monitor.outputs(urn, outputs);
    return response.setState(toWire(outputs));
  } finally {
    monitor.close();
  }
}

const unknowns = (answer: Inputs): Inputs => Object.fromEntries(Object.keys(answer).map((key) => [key, unknownValue]));

interface Child {
  urn: string;
  /** `unknownValue` while it does not exist. */
  id: string;
}

/** The engine's side of a construction: registers what the component is made of. */
class Monitor {
  readonly #request: messages.ConstructRequest;
  readonly #client: InstanceType<typeof monitorService.ResourceMonitorClient>;

  constructor(request: messages.ConstructRequest) {
    this.#request = request;
    const credentials = grpc.credentials.createInsecure();
    this.#client = new monitorService.ResourceMonitorClient(request.getMonitorendpoint(), credentials);
  }

  async component(): Promise<string> {
    const message = new resource.RegisterResourceRequest()
      .setType(this.#request.getType())
      .setName(this.#request.getName())
      .setParent(this.#request.getParent())
      .setObject(this.#request.getInputs())
      .setDependenciesList(this.#request.getDependenciesList())
      .setAcceptsecrets(true);
    if (this.#request.hasProtect()) message.setProtect(this.#request.getProtect()!);
    this.#request.getProvidersMap().forEach((reference, name) => void message.getProvidersMap().set(name, reference));
    return (await this.#register(message)).getUrn();
  }

  async child(type: string, name: string, properties: Inputs, parent: string): Promise<Child> {
    const message = new resource.RegisterResourceRequest()
      .setType(type)
      .setName(name)
      .setParent(parent)
      .setCustom(true)
      .setObject(toWire(properties))
      .setProvider(this.#request.getProvidersMap().get("aws") ?? "")
      .setDependenciesList(this.#request.getDependenciesList())
      .setAcceptsecrets(true);
    const response = await this.#register(message);
    return { urn: response.getUrn(), id: response.getId() || unknownValue };
  }

  outputs(urn: string, outputs: Inputs): Promise<void> {
    const message = new resource.RegisterResourceOutputsRequest().setUrn(urn).setOutputs(toWire(outputs));
    return new Promise((resolve, reject) => {
      this.#client.registerResourceOutputs(message, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): void {
    this.#client.close();
  }

  #register(
    message: InstanceType<typeof resource.RegisterResourceRequest>,
  ): Promise<InstanceType<typeof resource.RegisterResourceResponse>> {
    return new Promise((resolve, reject) => {
      this.#client.registerResource(message, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }
}
