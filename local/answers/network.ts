import type { Answers } from "./account.ts";

/** What AWS answers for VPCs and EC2 networking. */
export const networkAnswers: Answers = {
};
