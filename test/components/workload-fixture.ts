import { slotwise } from "../../components/delivery/stepwise.ts";
import { Fleet, type FleetArgs } from "../../components/fleet.ts";
import type { ServiceSettings, TaskSettings } from "../../components/service-settings.ts";
import type { PrivateWays } from "../../components/private-ways.ts";
import type { ServiceRoute } from "../../components/service/listener-rules.ts";
import { workload, type Workload, type WorkloadArgs } from "../../components/workload.ts";
import { graph } from "../../local/graph.ts";
import { place } from "./place.ts";
import { imageUri } from "./service/fixture.ts";

/** Settings of both runtimes, neither with what is the default. */
export const asLambda: ServiceSettings = { runtime: "lambda", memoryMiB: 1024, timeoutSeconds: 9 };
export const asFargate: TaskSettings = {
  ...{ runtime: "fargate", cpu: 512, memoryMiB: 1024, minTasks: 2, maxTasks: 6, spotPercent: 50 },
  strategy: { kind: "canary", percent: 10, bakeMinutes: 10 },
};

const publicRoutes: ServiceRoute[] = [
  { paths: ["/patients"], methods: ["GET"], scope: "clinic/patients.read" },
  { paths: ["/health/patients"], methods: ["GET"], publicReason: "load balancers ask it" },
];
/** A network without a way to the internet. */
export const ways: PrivateWays = {
  ...{ endpointSecurityGroupId: "sg-endpoints", storagePrefixListId: "pl-s3" },
  ...{ issuer: "https://issuer", cidrBlock: "10.0.0.0/16" },
};

/** The service `patients` alone, with a fleet to run in unless told. */
export async function build(
  settings: ServiceSettings,
  withFleet = true,
  preview = false,
  given: Partial<FleetArgs> = {},
) {
  let made: Workload | undefined;
  const program = () => {
    const fleet = withFleet
      ? new Fleet("fleet", { place, vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"], ...given })
      : undefined;
    const args: WorkloadArgs = {
      ...{ place, part: "patients", imageUri, environment: { SERVICE: "patients" }, permissions: [], settings },
      asFunction: { command: ["hosts/lambda.handler"] },
      asServer: {
        ...{ repositoryName: "slipway-test-app", entryPoint: ["/var/lang/bin/node"], command: ["hosts/server.mjs"] },
        ...{ user: "1000:1000", containerPort: 8080, stopSeconds: 25, healthPath: "/health/patients", priority: 100 },
        ...{
          paths: ["/patients", "/patients/*"],
          publicRoutes,
          tokenIssuer: "https://issuer",
          environment: { TOKEN_ISSUER: "https://issuer" },
          keysVariable: "TOKEN_JWKS_URI",
          vpcId: "vpc-1",
          probe: { command: ["hosts/probe.handler"], urlVariable: "PROBE_URL", path: "/health/patients" },
        },
        ...{ subnetIds: ["subnet-1", "subnet-2"], fleet, shift: slotwise("patients", { place }) },
      },
    };
    made = workload("patients", args, {});
  };
  const { nodes } = await graph(program, { preview });
  return { nodes, made: made! };
}
