import { rule } from "../../../../policies/rules/lambda/function-require-failure-destination.ts";
import { laws, resource } from "../../laws.ts";

const fn = (props: object = {}) => resource("aws:lambda/function:Function", { name: "nightly", ...props });
const calledBy = (principal: string) =>
  resource("aws:lambda/permission:Permission", { principal, function: "nightly" }, { name: "permission" });
const queue = "arn:aws:sqs:eu-west-1:123456789012:failed";
const destination = resource(
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  {
    functionName: "arn:aws:lambda:eu-west-1:123456789012:function:nightly:live",
    destinationConfig: { onFailure: { destination: queue } },
  },
  { name: "destination" },
);

laws(rule, {
  violates: {
    "a schedule without a queue": { of: [fn(), calledBy("events.amazonaws.com")], says: "keeps no failed events" },
  },
  passes: {
    "a dead-letter queue": { of: [fn({ deadLetterConfig: { targetArn: queue } }), calledBy("events.amazonaws.com")] },
    "a destination": { of: [fn(), calledBy("sns.amazonaws.com"), destination] },
    "a caller that waits": { of: [fn(), calledBy("apigateway.amazonaws.com")] },
  },
});
