import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ContainerFunction, type ContainerFunctionArgs } from "./function/container-function.ts";
import { functionArn } from "./iam/arns.ts";
import { allowTraffic } from "./network/traffic.ts";
import type { PreTrafficHook } from "./service/deployment.ts";

/** How the function runs: as in a `ContainerFunction`. */
type Runtime = Pick<ContainerFunctionArgs, "place" | "part" | "imageUri" | "architecture" | "logRetentionDays">;

export interface PreTrafficProbeArgs extends Runtime {
  /** The image's command that asks `PROBE_URL` and answers as ECS wants it: `{"hookStatus": "SUCCEEDED"}`, or `FAILED`. */
  command: readonly string[];
  /** Name of the variable that tells it the address. */
  urlVariable: string;
  /** What it asks, a path that answers 200 without a token: `/health/patients`. */
  path: string;
  vpcId: pulumi.Input<string>;
  /** Private subnets, from which the load balancer is reached. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Groups its network interfaces are handed to before it is deleted, as in a `ContainerFunction`. Defaults to waiting. */
  replacementSecurityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** The load balancer whose test port it asks. */
  loadBalancer: {
    securityGroupId: pulumi.Input<string>;
    testOrigin: pulumi.Input<string>;
    testPort: number;
  };
}

/**
 * Tries the next revision of a service before anybody else reaches it: a function from the service's own image, in the network, that asks
 * for its health behind the load balancer's test port. It may call that port and nothing else.
 */
export class PreTrafficProbe extends pulumi.ComponentResource {
  /** What ECS asks before it moves the traffic. */
  readonly hook: PreTrafficHook;
  readonly functionName: string;
  readonly logGroupName: string;

  constructor(name: string, args: PreTrafficProbeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:PreTrafficProbe", name, {}, opts);
    const { place, part, imageUri, architecture, logRetentionDays, command, vpcId, subnetIds, loadBalancer } = args;
    const { replacementSecurityGroupIds, urlVariable, path } = args;
    const child = { parent: this };

    const group = new aws.ec2.SecurityGroup(`${name}-group`, { vpcId, description: `Probe ${part}` }, child);
    const { securityGroupId: to, testOrigin, testPort: port } = loadBalancer;
    allowTraffic(`${name}-traffic`, { from: group.id, to, port, purpose: `${part} to next revisions` }, child);
    const run = new ContainerFunction(
      `${name}-run`,
      {
        ...{ place, part, imageUri, architecture, logRetentionDays, command },
        ...{ subnetIds, securityGroupIds: [group.id], replacementSecurityGroupIds },
        // Five attempts of three seconds, two apart, and a start.
        ...{ memoryMiB: 256, timeoutSeconds: 40 },
        environment: { [urlVariable]: pulumi.interpolate`${testOrigin}${path}` },
      },
      child,
    );

    this.functionName = run.functionName;
    this.logGroupName = run.logGroupName;
    this.hook = { functionArn: functionArn(place, run.functionName), dependsOn: [this] };
    this.registerOutputs({ functionName: this.functionName });
  }
}
