import { arn, named, type Answers } from "./account.ts";

/** What AWS answers for ECR, image builds, Lambda and IAM. */
export const computeAnswers: Answers = {
  "aws:iam/role:Role": (name, inputs) => ({
    id: named(name, inputs),
    name: named(name, inputs),
    arn: arn("iam", `role/${named(name, inputs)}`, ""),
  }),
};
