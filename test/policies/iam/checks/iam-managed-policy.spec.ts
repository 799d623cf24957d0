import { iamManagedPolicy } from "../../../../policies/iam/checks/iam-managed-policy.ts";
import { about, allow, role } from "../about.ts";

about(iamManagedPolicy, {
  speaks: [
    [
      "handing out administration",
      [
        allow("iam:AttachRolePolicy", role, {
          ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" },
        }),
      ],
    ],
  ],
  accepts: [
    [
      "handing out a policy of one's own",
      [allow("iam:AttachRolePolicy", role, { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::123456789012:policy/a" } })],
    ],
  ],
});
