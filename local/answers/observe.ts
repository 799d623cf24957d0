import type { Answers } from "./account.ts";

/** What AWS answers for CloudWatch, SNS, SQS, KMS and X-Ray. */
export const observeAnswers: Answers = {
};
