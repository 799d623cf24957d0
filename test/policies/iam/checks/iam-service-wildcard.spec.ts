import { iamServiceWildcard } from "../../../../policies/iam/checks/iam-service-wildcard.ts";
import { about, allow } from "../about.ts";

about(iamServiceWildcard, {
  speaks: [["a whole service", [allow("sqs:*", "arn:aws:sqs:eu-west-1:123456789012:a")]]],
  accepts: [["a service without resources", [allow("ssmmessages:*", "*")]]],
});
