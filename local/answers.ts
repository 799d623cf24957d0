import { account, type Answers, type Inputs } from "./answers/account.ts";
import { apiAnswers } from "./answers/api.ts";
import { computeAnswers } from "./answers/compute.ts";
import { dataAnswers } from "./answers/data.ts";
import { networkAnswers } from "./answers/network.ts";
import { observeAnswers } from "./answers/observe.ts";
import { serviceAnswers } from "./answers/service.ts";

export type { Answers } from "./answers/account.ts";

/** What AWS answers to one created resource or one look-up: its id and the outputs the request did not name. */
export interface Answer {
  id: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the provider's, not ours
  state: Record<string, any>;
}

/** The answer to `type` with these `inputs`, from the table below, overridden by `overrides`. */
export function answerTo(type: string, name: string, inputs: Inputs, overrides: Answers = {}): Answer {
  const state = { ...standard[type]?.(name, inputs), ...overrides[type]?.(name, inputs) };
  return { id: state.id ?? inputs.name ?? `${name}-id`, state };
}

const standard: Answers = {
  ...apiAnswers,
  ...computeAnswers,
  ...dataAnswers,
  ...networkAnswers,
  ...observeAnswers,
  ...serviceAnswers,
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: account.accountId, id: account.accountId }),
  "aws:index/getRegion:getRegion": () => ({ name: account.region, region: account.region, id: account.region }),
  "aws:index/getPartition:getPartition": () => ({ partition: account.partition, dnsSuffix: "amazonaws.com" }),
};
