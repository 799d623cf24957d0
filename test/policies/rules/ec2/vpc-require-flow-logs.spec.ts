import { rule } from "../../../../policies/rules/ec2/vpc-require-flow-logs.ts";
import { laws, resource } from "../../laws.ts";

const vpc = resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { outputs: { id: "vpc-0123" } });
const log = (vpcId: string) => resource("aws:ec2/flowLog:FlowLog", { vpcId, trafficType: "ALL" }, { name: "log" });

const component = resource("awsx:ec2:Vpc", {}, { name: "network", outputs: { vpcId: "vpc-0123" } });
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

laws(rule, {
  violates: {
    "no flow log": { of: [vpc], says: "no flow log" },
    "the flow log of another network": { of: [vpc, log("vpc-4567")], says: "no flow log" },
  },
  passes: {
    "a flow log": { of: [vpc, log("vpc-0123")] },
    "a flow log of the network inside a component": { of: [component, log("vpc-0123")] },
    "a flow log that will point to what the component makes": {
      of: [component, { ...vpc, parent: "network" }, { ...log(unknown), dependencies: { vpcId: ["network"] } }],
    },
  },
});
