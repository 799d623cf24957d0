import { rule } from "../../../../policies/rules/iam/no-admin.ts";
import { allow, deny, grant, holding, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const limit = (action: string, on: string) =>
  resource(
    "aws:iam/policy:Policy",
    {
      name: "limit",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [allow(action, on)],
      }),
    },
    { name: "limit", outputs: { arn: "arn:aws:iam::123456789012:policy/limit" } },
  );

laws(rule, {
  violates: {
    "everything on everything": { of: holding(allow("*", "*")), says: "actions are allowed on every resource" },
    "everything in two policies": {
      of: [
        role("worker"),
        grant("worker", allow(["a*:*", "c*:*", "d*:*", "e*:*"], "*")),
        { ...grant("worker", { Effect: "Allow", NotAction: ["a*:*"], Resource: "*" }), name: "more" },
      ],
      says: "actions are allowed on every resource",
    },
    "everything, and a boundary of everything": {
      of: [
        role("worker", { permissionsBoundary: "arn:aws:iam::123456789012:policy/limit" }),
        grant("worker", allow("*", "*")),
        limit("*", "*"),
      ],
      says: "actions are allowed",
    },
  },
  passes: {
    "a boundary that leaves one service": {
      of: [
        role("worker", { permissionsBoundary: "arn:aws:iam::123456789012:policy/limit" }),
        grant("worker", allow("*", "*")),
        limit("sqs:*", "*"),
      ],
    },
    "everything on one bucket": { of: holding(allow("*", "arn:aws:s3:::inbox/*")) },
    "everything, and all of it denied": { of: holding(allow("*", "*"), deny("*", "*")) },
  },
});
