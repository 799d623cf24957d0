import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { queueArn } from "../iam/arns.ts";
import { document } from "../iam/document.ts";
import { physicalName, type Place } from "../names.ts";
import { refusePlaintext } from "./permissions.ts";

/** How long a failed event can be looked at and sent again: the longest SQS keeps a message. */
const keptSeconds = 14 * 24 * 60 * 60;

/** Most characters in a queue's name. */
const nameLimit = 80;

/** The chosen name of the queue for a function's failed events. */
export const deadLetterQueueName = (place: Place, part: string) =>
  physicalName(place, `${part}-dead-letters`, nameLimit);

/**
 * A queue for events that a function failed on, as destination of its `live` alias. A destination, unlike the older
 * `deadLetterConfig`, also keeps the error and how often it was tried, and belongs to the alias instead of the version.
 */
export function deadLetters(
  name: string,
  args: { place: Place; queueName: string; functionName: string; liveName: pulumi.Input<string> },
  child: pulumi.ResourceOptions,
): void {
  const arn = queueArn(args.place, args.queueName);
  const queue = new aws.sqs.Queue(
    `${name}-dead-letters`,
    { name: args.queueName, sqsManagedSseEnabled: true, messageRetentionSeconds: keptSeconds },
    child,
  );
  new aws.sqs.QueuePolicy(
    `${name}-dead-letters-policy`,
    { queueUrl: queue.url, policy: document(refusePlaintext(arn)) },
    child,
  );
  new aws.lambda.FunctionEventInvokeConfig(
    `${name}-asynchronous`,
    {
      functionName: args.functionName,
      qualifier: args.liveName,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 6 * 60 * 60,
      destinationConfig: { onFailure: { destination: queue.arn } },
    },
    child,
  );
}
