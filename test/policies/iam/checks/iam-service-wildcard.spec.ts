import { iamServiceWildcard } from "../../../../policies/iam/checks/iam-service-wildcard.ts";
import { about, allow } from "../about.ts";

about(iamServiceWildcard, {
  speaks: [
    ["a whole service", [allow("sqs:*", "arn:aws:sqs:eu-west-1:123456789012:a")]],
    ["every action, though on one table", [allow("*", "arn:aws:dynamodb:eu-west-1:123456789012:table/a")]],
    ["a whole service that is newer than the data", [allow("newservice:*", "arn:aws:newservice:::a")]],
  ],
  accepts: [
    ["a service without resources", [allow("ssmmessages:*", "*")]],
    ["one action of a service that is newer than the data", [allow("newservice:Read", "arn:aws:newservice:::a")]],
  ],
});
