import { ofType, type Resource } from "../resource.ts";
import { amount, items, text } from "./reading.ts";

/**
 * The networks of a stack. The recorded graph shows only the component of awsx, whose children are made elsewhere; the engine
 * shows the children too, and then they are what counts.
 */
export function networksOf(resources: readonly Resource[]): Resource[] {
  const networks = ofType(resources, "aws:ec2/vpc:Vpc");
  return networks.length > 0 ? networks : ofType(resources, awsxNetwork);
}

/** How many NAT gateways a stack has, or will have once awsx has made its children. */
export function natGatewayCount(resources: readonly Resource[]): number {
  const gateways = ofType(resources, "aws:ec2/natGateway:NatGateway").length;
  // The engine tells no inputs of a component, but of its children: where there is a VPC, so would be its gateways.
  if (gateways > 0 || ofType(resources, "aws:ec2/vpc:Vpc").length > 0) return gateways;
  return ofType(resources, awsxNetwork).reduce((sum, network) => sum + planned(network), 0);
}

const awsxNetwork = "awsx:ec2:Vpc";

// One in each zone of three is what awsx does unless told otherwise.
function planned({ props }: Resource): number {
  const strategy = text(props, "natGateways.strategy") ?? "OnePerAz";
  if (strategy !== "OnePerAz") return strategy === "Single" ? 1 : 0;
  return items(props, "availabilityZoneNames").length || (amount(props, "numberOfAvailabilityZones") ?? 3);
}
