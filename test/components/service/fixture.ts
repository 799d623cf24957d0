import { FargateService, type FargateServiceArgs } from "../../../components/service/fargate-service.ts";
import { LoadBalancer, type LoadBalancerArgs } from "../../../components/service/load-balancer.ts";
import { graph, only, type GraphOptions, type Node } from "../../../local/graph.ts";
import { place } from "../place.ts";

export const imageUri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-test-app@sha256:${"ab".repeat(32)}`;

/** What a service cannot do without, with texts where other components would answer. */
export const required: FargateServiceArgs = {
  place,
  part: "patients",
  imageUri,
  repositoryName: "slipway-test-app",
  user: "1000:1000",
  healthPath: "/health/patients",
  clusterName: "slipway-test-services",
  clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/slipway-test-services",
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupId: "sg-tasks",
  loadBalancer: {
    arnSuffix: "app/balancer/50dc6c495c0c9188",
    listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/balancer/50dc6c495c0c9188/1",
    testListenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/balancer/50dc6c495c0c9188/2",
    securityGroupId: "sg-balancer",
  },
  routes: [{ paths: ["/patients", "/patients/*", "/health/patients"] }],
  priority: 100,
};

export const service = async (args: Partial<FargateServiceArgs> = {}, options: GraphOptions = {}): Promise<Node[]> => {
  const program = () => void new FargateService("patients", { ...required, ...args });
  return (await graph(program, options)).nodes;
};

export const balancer = async (args: Partial<LoadBalancerArgs> = {}, preview = false): Promise<Node[]> => {
  const program = () =>
    void new LoadBalancer("front", {
      place,
      part: "front",
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      ...args,
    });
  return (await graph(program, { preview })).nodes;
};

export const serviceIn = (nodes: Node[]) => only(nodes, "aws:ecs/service:Service");
export const taskIn = (nodes: Node[]) => only(nodes, "aws:ecs/taskDefinition:TaskDefinition").inputs;
export const containersIn = (nodes: Node[]) => JSON.parse(taskIn(nodes).containerDefinitions);
export const named = (nodes: Node[], name: string) => nodes.find((node) => node.name === name)!;
