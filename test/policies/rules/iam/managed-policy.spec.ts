import { rule } from "../../../../policies/rules/iam/managed-policy.ts";
import { allow, holding, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const attached = (policyArn: string) =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "worker", policyArn });
const hands = (arn: string) => ({ Condition: { ArnEquals: { "iam:PolicyARN": arn } } });

laws(rule, {
  violates: {
    "handing out administration": {
      of: holding(
        allow(
          "iam:AttachRolePolicy",
          "arn:aws:iam::123456789012:role/task",
          hands("arn:aws:iam::aws:policy/AdministratorAccess"),
        ),
      ),
      says: "it may attach",
    },
    "an attachment": {
      of: [role("worker"), attached("arn:aws:iam::aws:policy/AdministratorAccess")],
      says: 'the policy "AdministratorAccess" of AWS is attached',
    },
    "an ARN on the role": {
      of: [role("worker", { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] })],
      says: "ReadOnlyAccess",
    },
  },
  passes: {
    "handing out a policy of one's own": {
      of: holding(
        allow(
          "iam:AttachRolePolicy",
          "arn:aws:iam::123456789012:role/task",
          hands("arn:aws:iam::123456789012:policy/a"),
        ),
      ),
    },
    "what API Gateway asks for": {
      of: [role("worker"), attached("arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs")],
    },
    "what the configuration allows": {
      of: [role("worker"), attached("arn:aws:iam::aws:policy/ReadOnlyAccess")],
      options: { allowed: ["ReadOnly*"] },
    },
  },
});
