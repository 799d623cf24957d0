import { rule } from "../../../../policies/rules/iam/no-management-conflict.ts";
import { allow, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const named = (name: string) => {
  const policy = grant("worker", allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders"));
  return { ...policy, props: { ...policy.props, name } };
};
const attached = (policyArn: string) =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "worker", policyArn });

laws(rule, {
  violates: {
    "a policy beside a list on the role": {
      of: [role("worker", { inlinePolicies: [{ name: "other", policy: "{}" }] }), named("send")],
      says: "inlinePolicies of worker does not have it",
    },
    "an attachment beside a list on the role": {
      of: [role("worker", { managedPolicyArns: ["arn:aws:iam::aws:policy/a"] }), attached("arn:aws:iam::aws:policy/b")],
      says: "managedPolicyArns of worker",
    },
  },
  passes: {
    "a list that was read back": {
      of: [role("worker", { inlinePolicies: [{ name: "send", policy: "{}" }] }), named("send")],
    },
    "a policy of its own": { of: [role("worker"), named("send")] },
    "an attachment of another kind": {
      of: [role("worker", { inlinePolicies: [{ name: "send", policy: "{}" }] }), attached("arn:aws:iam::aws:policy/b")],
    },
  },
});
