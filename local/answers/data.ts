import type { Answers } from "./account.ts";

/** What AWS answers for RDS, Secrets Manager and SSM. */
export const dataAnswers: Answers = {
};
