import { ofType, type Resource } from "../resource.ts";
import { pointsTo } from "./links.ts";
import { flag, text } from "./reading.ts";
import { any } from "./unknown.ts";

/** Load balancers, their listeners and the listeners' rules, each under the two names the provider has for it. */
export const balancerTypes = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
export const listenerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];
export const listenerRuleTypes = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"];

/** Whether a load balancer speaks HTTP; it does unless another kind is asked for. */
export const isApplicationBalancer = ({ props }: Resource): boolean =>
  (text(props, "loadBalancerType") ?? "application") === "application";

/** Whether a listener belongs to a load balancer of the stack that says it is internal. Throws UnknownValue when nothing tells. */
export function isInside(listener: Resource, resources: readonly Resource[]): boolean {
  const said = ofType(resources, ...balancerTypes).filter(({ props }) => props["internal"] !== undefined);
  return any(said, (one) => pointsTo(listener, "loadBalancerArn", one) && flag(one.props, "internal") === true);
}
