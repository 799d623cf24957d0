import { rule } from "../../../../policies/rules/component/contract.ts";
import { allow, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const component = resource("slipway:index:ContainerFunction", {}, { name: "orders" });
const other = resource("slipway:index:ContainerFunction", {}, { name: "invoices" });
const inside = role("worker", {}, { parent: "orders" });
const policy = grant("worker", allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders"));
const attached = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
  role: "worker",
  policyArn: "arn:aws:iam::aws:policy/a",
});

laws(rule, {
  violates: {
    "a policy from outside": {
      of: [component, inside, { ...policy, parent: undefined }],
      says: "it adds to worker, which belongs to orders",
    },
    "an attachment of another component": {
      of: [component, other, inside, { ...attached, parent: "invoices" }],
      says: "belongs to orders",
    },
  },
  passes: {
    "a policy of the component": { of: [component, inside, { ...policy, parent: "orders" }] },
    "a policy of a component inside it": {
      of: [component, { ...other, parent: "orders" }, inside, { ...policy, parent: "invoices" }],
    },
    "a role of no component": { of: [role("worker"), policy] },
  },
});
