import { rule } from "../../../../policies/rules/ec2/vpc-require-flow-logs.ts";
import { laws, resource } from "../../laws.ts";

const vpc = resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { outputs: { id: "vpc-0123" } });
const log = (vpcId: string) => resource("aws:ec2/flowLog:FlowLog", { vpcId, trafficType: "ALL" }, { name: "log" });

laws(rule, {
  violates: {
    "no flow log": { of: [vpc], says: "no flow log" },
    "the flow log of another network": { of: [vpc, log("vpc-4567")], says: "no flow log" },
  },
  passes: { "a flow log": { of: [vpc, log("vpc-0123")] } },
});
