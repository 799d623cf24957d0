import { rule } from "../../../../policies/rules/lb/listener-rule-require-token.ts";
import { laws, resource } from "../../laws.ts";

const balancer = (props: object) =>
  resource("aws:lb/loadBalancer:LoadBalancer", props, { name: "front", outputs: { arn: "arn:front" } });
const listener = (loadBalancerArn: string, defaultActions: object[] = [{ type: "fixed-response" }]) =>
  resource(
    "aws:lb/listener:Listener",
    { loadBalancerArn, defaultActions },
    { name: "listener", outputs: { arn: "arn:listener" } },
  );
const forward = { type: "forward", targetGroupArn: "arn:group" };
const asks = (claims: object[]) => ({ type: "jwt-validation", jwtValidation: { additionalClaims: claims } });
const scope = { name: "scope", format: "space-separated-values", values: ["clinic/patients.read"] };
const paths = { pathPattern: { values: ["/patients"] } };
const methods = (...values: string[]) => ({ httpRequestMethod: { values } });
const one = (actions: object[], more: object = {}) =>
  resource("aws:lb/listenerRule:ListenerRule", { listenerArn: "arn:listener", actions, conditions: [paths], ...more });
const open = [balancer({ internal: false }), listener("arn:front")];
const inside = [balancer({ internal: true }), listener("arn:front")];

laws(rule, {
  violates: {
    "a forward of everybody": { of: [...open, one([forward])], says: "it forwards without a token" },
    "a forward behind a load balancer that nobody says is internal": {
      of: [balancer({}), listener("arn:front"), one([forward])],
      says: "without a token",
    },
    "a forward of a listener that is not part of the stack": { of: [one([forward])], says: "without a token" },
    "a forward beside an internal load balancer": {
      of: [balancer({ internal: true }), listener("arn:other"), one([forward])],
      says: "without a token",
    },
    "an empty reason": { of: [...open, one([forward], { tags: { "public-reason": " " } })], says: "without a token" },
    "any token of the issuer": { of: [...open, one([asks([]), forward])], says: "asks for no claim" },
    "a forward of preflight requests and others": {
      of: [...open, one([forward], { conditions: [paths, methods("OPTIONS", "GET")] })],
      says: "without a token",
    },
    "a listener that forwards what no rule takes": {
      of: [balancer({ internal: false }), listener("arn:front", [forward])],
      says: "without a token",
    },
  },
  passes: {
    "a token with a scope": { of: [...open, one([asks([scope]), forward])] },
    "a log-in": { of: [...open, one([{ type: "authenticate-oidc" }, forward])] },
    "a written reason": {
      of: [...open, one([forward], { tags: { "public-reason": "uptime checks carry no token" } })],
    },
    "a forward inside the network": { of: [...inside, one([forward])] },
    "a listener inside the network that forwards": {
      of: [balancer({ internal: true }), listener("arn:front", [forward])],
    },
    "preflight requests": { of: [...open, one([forward], { conditions: [paths, methods("OPTIONS")] })] },
    "a redirect": { of: [...open, one([{ type: "redirect" }])] },
  },
});
