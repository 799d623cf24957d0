import { rule } from "../../../../policies/rules/trust/confused-deputy.ts";
import { assume, queue, stranger, trusting } from "../../documents.ts";
import { laws } from "../../laws.ts";

const source = (account: string) => ({ StringEquals: { "aws:SourceAccount": account } });

laws(rule, {
  violates: {
    "a service for anybody": {
      of: trusting(assume({ Service: "events.amazonaws.com" })),
      says: "events.amazonaws.com may act for any account",
    },
    "a service for a stranger": {
      of: trusting(assume({ Service: "events.amazonaws.com" }, source(stranger))),
      says: "which is not trusted",
    },
    "a topic of anybody at a queue": {
      of: queue({ ...assume({ Service: "sns.amazonaws.com" }), Action: "sqs:SendMessage", Resource: "*" }),
      says: "policy statement #0: sns.amazonaws.com",
    },
  },
  passes: {
    "a service for this account": { of: trusting(assume({ Service: "events.amazonaws.com" }, source("123456789012"))) },
    compute: { of: trusting(assume({ Service: "lambda.amazonaws.com" })) },
  },
});
