import { rule } from "../../../../policies/rules/trust/federated-subject.ts";
import { assume, trusting } from "../../documents.ts";
import { laws } from "../../laws.ts";

const provider = "oidc.eks.eu-west-1.amazonaws.com/id/A";
const cluster = (claims: Record<string, string>) =>
  assume(
    { Federated: `arn:aws:iam::123456789012:oidc-provider/${provider}` },
    {
      StringEquals: Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${provider}:${claim}`, value])),
    },
  );

laws(rule, {
  violates: {
    "any pod of a cluster": { of: trusting(cluster({ aud: "sts.amazonaws.com" })), says: "the subject of" },
  },
  passes: {
    "one pod": { of: trusting(cluster({ aud: "sts.amazonaws.com", sub: "system:serviceaccount:shop:orders" })) },
  },
});
