import type { Asked } from "./needs.ts";

/**
 * What Lambda asks of the function's role to leave an event somewhere. From the Lambda developer guide, "Capturing records of
 * Lambda asynchronous invocations" and "Using Lambda with Amazon SQS", "Kinesis" and "DynamoDB".
 */
const kinds: Readonly<Record<string, Pick<Asked, "actions" | "may">>> = {
  sqs: { actions: ["sqs:SendMessage"], may: ["kms:GenerateDataKey", "kms:Decrypt"] },
  sns: { actions: ["sns:Publish"], may: ["kms:GenerateDataKey", "kms:Decrypt"] },
  lambda: { actions: ["lambda:InvokeFunction"] },
  events: { actions: ["events:PutEvents"] },
  s3: { actions: ["s3:PutObject", "s3:ListBucket"], may: ["kms:GenerateDataKey", "kms:Decrypt"] },
};

/** Actions of all kinds of destinations. */
export const leaving = Object.values(kinds).flatMap(({ actions, may = [] }) => [...actions, ...may]);

/** Leaving an event at the ARN of a destination. */
export function leaveAt(arn: string, who: string): Asked | { unread: string } {
  const kind = arn.split(":")[2] ?? "";
  const needs = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!needs) return { unread: `what ${who} asks for` };
  return { ...needs, who, ...(kind !== "s3" && { on: arn }) };
}

const sources: Readonly<Record<string, Pick<Asked, "actions" | "may">>> = {
  sqs: { actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], may: ["kms:Decrypt"] },
  kinesis: {
    actions: ["kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"],
    may: ["kinesis:DescribeStream", "kinesis:ListStreams", "kinesis:SubscribeToShard", "kms:Decrypt"],
  },
  dynamodb: {
    actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
    may: ["dynamodb:ListStreams", "kms:Decrypt"],
  },
};

export const taking = Object.values(sources).flatMap(({ actions, may = [] }) => [...actions, ...may]);

/** Taking events from the ARN of a source. */
export function takeFrom(arn: string | undefined, who: string): Asked | { unread: string } {
  const kind = arn?.split(":")[2] ?? "";
  const needs = Object.hasOwn(sources, kind) ? sources[kind] : undefined;
  return needs ? { ...needs, who } : { unread: `what ${who} asks for` };
}
