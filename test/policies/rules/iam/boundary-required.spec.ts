import { rule } from "../../../../policies/rules/iam/boundary-required.ts";
import { allow, holding, role } from "../../documents.ts";
import { laws } from "../../laws.ts";

const boundary = "arn:aws:iam::123456789012:policy/limit";

laws(rule, {
  violates: {
    "making roles without a limit": {
      of: holding(allow("iam:CreateRole", "arn:aws:iam::123456789012:role/app-*")),
      says: "statement #0 allows iam:CreateRole without a boundary",
    },
    "a role without the boundary that all must carry": {
      of: [role("worker")],
      options: { boundary },
      says: "it does not carry the boundary",
    },
  },
  passes: {
    "making roles within a limit": {
      of: holding(
        allow("iam:CreateRole", "arn:aws:iam::123456789012:role/app-*", {
          Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } },
        }),
      ),
    },
    "a role with the boundary": {
      of: [role("worker", { permissionsBoundary: boundary })],
      options: { boundary: "arn:aws:iam::*:policy/limit" },
    },
  },
});
