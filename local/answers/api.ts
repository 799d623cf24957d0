import type { Answers } from "./account.ts";

/** What AWS answers for API Gateway, Cognito and WAF. */
export const apiAnswers: Answers = {
};
