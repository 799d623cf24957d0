import { iamPassRoleExact } from "../../../../policies/iam/checks/iam-passrole-exact.ts";
import { about, allow, role } from "../about.ts";

const passed = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };

about(iamPassRoleExact, {
  speaks: [
    ["no service", [allow("iam:PassRole", role)]],
    ["any role", [allow("iam:Pass*", "arn:aws:iam::123456789012:role/*", passed)]],
  ],
  accepts: [["one role to one service", [allow("iam:PassRole", role, passed)]]],
});
