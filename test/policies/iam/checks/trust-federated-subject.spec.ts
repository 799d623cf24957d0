import { trustFederatedSubject } from "../../../../policies/iam/checks/trust-federated-subject.ts";
import { about, assume } from "../about.ts";

about(trustFederatedSubject, {
  speaks: [
    [
      "any pod",
      [
        assume(
          { Federated: "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A" },
          { StringEquals: { "oidc.eks.eu-west-1.amazonaws.com/id/A:aud": "sts.amazonaws.com" } },
        ),
      ],
    ],
  ],
  accepts: [
    [
      "one pod",
      [
        assume(
          { Federated: "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A" },
          { StringEquals: { "oidc.eks.eu-west-1.amazonaws.com/id/A:sub": "system:serviceaccount:a:b" } },
        ),
      ],
    ],
  ],
});
