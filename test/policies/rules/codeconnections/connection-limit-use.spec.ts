import { rule } from "../../../../policies/rules/codeconnections/connection-limit-use.ts";
import { allow, deny, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

const connection = "arn:aws:codeconnections:eu-west-1:123456789012:connection/aaaaaaaa-1111-2222-3333-444444444444";
const use = (Condition?: object, action = "codeconnections:UseConnection") =>
  allow(action, connection, Condition && { Condition });
const repository = { "codeconnections:FullRepositoryId": "clinic/slipway" };
const branch = { "codeconnections:BranchName": "main" };

laws(rule, {
  violates: {
    "a connection for everything": { of: holding(use()), says: "no repository is named" },
    "a connection under its older name": {
      of: holding(use(undefined, "codestar-connections:Use*")),
      says: "no repository is named",
    },
    "any repository of any owner": {
      of: holding(use({ StringLike: { "codeconnections:FullRepositoryId": "*/slipway" } })),
      says: "no repository is named",
    },
    "any repository of one owner": {
      of: holding(use({ StringLike: { "codeconnections:FullRepositoryId": "clinic/*" } })),
      says: "no repository is named",
    },
    "all repositories but one": {
      of: holding(use({ StringNotEquals: repository })),
      says: "no repository is named",
    },
    "a repository if the request says one": {
      of: holding(use({ StringEqualsIfExists: repository })),
      says: "no repository is named",
    },
    "a repository on any branch": { of: holding(use({ StringEquals: repository })), says: "no branch is named" },
  },
  passes: {
    "a repository and a branch": { of: holding(use({ StringEquals: { ...repository, ...branch } })) },
    "a connection that is looked at": { of: holding(use(undefined, "codeconnections:GetConnection")) },
    "a connection that is denied": { of: holding(use(), deny("codeconnections:*", "*")) },
  },
});
