import { rule } from "../../../../policies/rules/iam/stack-escalation-graph.ts";
import { allow, assume, fn, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const placed = { outputs: { name: "api", arn: "arn:aws:lambda:eu-west-1:123456789012:function:api" } };
const site = [
  role("front"),
  fn("api", "front", {}, placed),
  resource(
    "aws:lambda/permission:Permission",
    { principal: "apigateway.amazonaws.com", action: "lambda:InvokeFunction", function: "api" },
    { name: "door" },
  ),
];
const back = [role("back"), grant("back", allow("iam:AttachRolePolicy", arn("back")))];

laws(rule, {
  violates: {
    "a function on the internet that writes policies": {
      of: [...site, grant("front", allow("iam:PutRolePolicy", "arn:aws:iam::123456789012:role/front"))],
      says: "api runs as front, which may iam:PutRolePolicy",
    },
    "a role that is passed": {
      of: [
        ...site,
        ...back,
        grant(
          "front",
          allow("iam:PassRole", arn("back")),
          allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "arn:aws:lambda:eu-west-1:123456789012:function:*"),
        ),
      ],
      says: "api runs as front, which gets back by iam:PassRole to lambda, which may iam:AttachRolePolicy",
    },
    "code that is replaced": {
      of: [
        ...site,
        ...back,
        fn("job", "back"),
        grant("front", allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:123456789012:function:job")),
      ],
      says: "which gets back by lambda:UpdateFunctionCode on job",
    },
    "two steps": {
      of: [
        ...site,
        ...back,
        fn("job", "back"),
        role("middle", { assumeRolePolicy: JSON.stringify({ Statement: [assume({ AWS: arn("front") })] }) }),
        grant("front", allow("sts:AssumeRole", arn("middle"))),
        grant("middle", allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:123456789012:function:job")),
      ],
      says: "which gets middle by sts:AssumeRole, which gets back by lambda:UpdateFunctionCode on job",
    },
  },
  passes: {
    "a function nobody outside can call": {
      of: [role("front"), fn("api", "front", {}, placed), grant("front", allow("iam:PutRolePolicy", arn("front")))],
    },
    "a role that does not let it in": {
      of: [...site, ...back, fn("job", "back"), grant("front", allow("sts:AssumeRole", arn("back")))],
    },
    "a pass without a way to run something": {
      of: [...site, ...back, fn("job", "back"), grant("front", allow("iam:PassRole", arn("back")))],
    },
  },
});
