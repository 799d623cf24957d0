import { ofType, type Resource } from "../resource.ts";
import { flag, items, text } from "./reading.ts";
import { any, isUnknown, UnknownValue } from "./unknown.ts";

/**
 * Whether anybody on the internet can make a resource run: a function that a gateway, a load balancer, a URL or everybody may
 * call, a task behind a load balancer, or a machine with a public address. Throws UnknownValue when it is not known what a permission is for.
 */
export function facesInternet(one: Resource, resources: readonly Resource[]): boolean {
  if (one.type === "aws:iam/instanceProfile:InstanceProfile") {
    return any(ofType(resources, "aws:ec2/instance:Instance"), (machine) => {
      return flag(machine.props, "associatePublicIpAddress") === true && carries(machine, one);
    });
  }
  if (one.type === "aws:lambda/function:Function") {
    const own = (from: Resource, path: string) => isOf(text(from.props, path), one);
    return (
      any(ofType(resources, "aws:lambda/functionUrl:FunctionUrl"), (url) => own(url, "functionName")) ||
      any(ofType(resources, "aws:lambda/permission:Permission"), (permission) => {
        return doors.includes(text(permission.props, "principal") ?? "") && own(permission, "function");
      }) ||
      any(ofType(resources, ...Object.keys(routes)), (route) => calls(text(route.props, routes[route.type]), one))
    );
  }
  if (one.type !== "aws:ecs/taskDefinition:TaskDefinition") return false;
  return any(ofType(resources, "aws:ecs/service:Service"), (service) => {
    return items(service.props, "loadBalancers").length > 0 && runs(service, one);
  });
}

/** Where a gateway writes down what it calls; with credentials of its own it needs no permission at the function. */
const routes: Readonly<Record<string, string>> = {
  "aws:apigateway/integration:Integration": "uri",
  "aws:apigateway/restApi:RestApi": "body",
  "aws:apigatewayv2/integration:Integration": "integrationUri",
  "aws:apigatewayv2/api:Api": "body",
};

/** Whether a text holds a function's ARN, alone or with a qualifier. */
function calls(target: string | undefined, { props, outputs }: Resource): boolean {
  const arn = outputs?.["arn"] ?? props["arn"];
  const at = typeof arn === "string" && !isUnknown(arn) ? (target?.split(arn).slice(1) ?? []) : [];
  return at.some((rest) => !/^[\w-]/.test(rest));
}

function carries(machine: Resource, profile: Resource): boolean {
  const sources = machine.dependencies?.["iamInstanceProfile"];
  if (isUnknown(machine.props["iamInstanceProfile"]) && sources) return sources.includes(profile.urn ?? profile.name);
  return isOf(text(machine.props, "iamInstanceProfile"), profile);
}

/** Whether a service runs a task; where its name is not known yet, by where it comes from. */
function runs(service: Resource, task: Resource): boolean {
  const sources = service.dependencies?.["taskDefinition"];
  if (isUnknown(service.props["taskDefinition"]) && sources) return sources.includes(task.urn ?? task.name);
  return isOf(text(service.props, "taskDefinition"), task);
}

/** Who calls a function for anybody. Cognito does before and after it knows who signs in. */
const doors = ["apigateway", "elasticloadbalancing", "edgelambda", "cognito-idp"]
  .map((service) => `${service}.amazonaws.com`)
  .concat("*");

/** Functions and tasks are named by name, by ARN, by an ARN without its beginning, or by one with a qualifier. */
function isOf(value: string | undefined, { name: own, props, outputs }: Resource): boolean {
  const names = [
    outputs?.["arn"] ?? props["arn"],
    outputs?.["name"] ?? props["name"],
    outputs?.["family"] ?? props["family"],
  ].filter((name) => name !== undefined);
  if (value !== undefined && names.length > 0 && names.every(isUnknown))
    throw new UnknownValue(`the identity of ${own}`);
  const called = value?.replace(/^(?:\d{12}:)?function:/, "");
  return names.some(
    (name) => typeof name === "string" && called !== undefined && (called === name || called.startsWith(`${name}:`)),
  );
}
