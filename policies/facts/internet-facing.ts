import { ofType, type Resource } from "../resource.ts";
import { items, text } from "./reading.ts";
import { any } from "./unknown.ts";

/**
 * Whether anybody on the internet can make a resource run: a function that a gateway, a load balancer, a URL or everybody may
 * call, or a task behind a load balancer. Throws UnknownValue when it is not known what a permission is for.
 */
export function facesInternet(one: Resource, resources: readonly Resource[]): boolean {
  if (one.type === "aws:lambda/function:Function") {
    const own = (from: Resource, path: string) => isOf(text(from.props, path), one);
    return (
      any(ofType(resources, "aws:lambda/functionUrl:FunctionUrl"), (url) => own(url, "functionName")) ||
      any(ofType(resources, "aws:lambda/permission:Permission"), (permission) => {
        return doors.includes(text(permission.props, "principal") ?? "") && own(permission, "function");
      })
    );
  }
  if (one.type !== "aws:ecs/taskDefinition:TaskDefinition") return false;
  return any(ofType(resources, "aws:ecs/service:Service"), (service) => {
    return items(service.props, "loadBalancers").length > 0 && isOf(text(service.props, "taskDefinition"), one);
  });
}

const doors = ["apigateway.amazonaws.com", "elasticloadbalancing.amazonaws.com", "edgelambda.amazonaws.com", "*"];

/** Functions and tasks are named by name, by ARN, or by an ARN with a qualifier. */
function isOf(value: string | undefined, { props, outputs }: Resource): boolean {
  const names = [
    outputs?.["arn"] ?? props["arn"],
    outputs?.["name"] ?? props["name"],
    outputs?.["family"] ?? props["family"],
  ];
  return names.some(
    (name) => typeof name === "string" && value !== undefined && (value === name || value.startsWith(`${name}:`)),
  );
}
