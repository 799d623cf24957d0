import * as kms from "@pulumi/aws/kms/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";
import { alarmArn, topicArn } from "../iam/arns.ts";
import { document, type Statement } from "../iam/document.ts";
import { keyAdministration } from "../iam/key-policy.ts";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";

export interface NoticesArgs {
  place: Place;
  /** Who is told at once. An address has to be confirmed from the e-mail it gets. Defaults to nobody. */
  pageEmails?: readonly string[];
  /** Who is told of what can wait for working hours. Defaults to nobody. */
  ticketEmails?: readonly string[];
}

/** Two SNS topics, `page` and `ticket`, encrypted under a key of their own, to which only this stack's alarms publish. */
export class Notices extends pulumi.ComponentResource {
  /** ARN of the topic for what somebody must look at now. */
  readonly pageTopicArn: pulumi.Output<string>;
  /** ARN of the topic for what can wait for working hours. */
  readonly ticketTopicArn: pulumi.Output<string>;

  constructor(name: string, args: NoticesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Notices", name, {}, opts);
    const { place, pageEmails = [], ticketEmails = [] } = args;
    const keyName = validated(this, () => check(name, args));
    const child = { parent: this };

    // SNS's own key, alias/aws/sns, has a policy that lets no CloudWatch alarm publish, and nobody can change it.
    const keyArgs = { description: `Encrypts ${keyName}`, enableKeyRotation: true, policy: keyPolicy(place) };
    const key = new kms.Key(`${name}-key`, keyArgs, child);
    new kms.Alias(`${name}-key-alias`, { name: `alias/${keyName}`, targetKeyId: key.id }, child);

    const topic = (severity: "page" | "ticket", emails: readonly string[]) => {
      const part = `${name}-${severity}`;
      const topicName = physicalName(place, severity);
      const created = new sns.Topic(part, { name: topicName, kmsMasterKeyId: key.arn }, child);
      const policy = topicPolicy(place, topicName);
      const allowed = new sns.TopicPolicy(`${part}-policy`, { arn: created.arn, policy }, child);
      for (const endpoint of emails) {
        new sns.TopicSubscription(`${part}-${endpoint}`, { topic: created.arn, protocol: "email", endpoint }, child);
      }
      // Whoever gets the ARN waits for the right to publish to it.
      return allowed.arn;
    };
    this.pageTopicArn = topic("page", pageEmails);
    this.ticketTopicArn = topic("ticket", ticketEmails);
    this.registerOutputs({ pageTopicArn: this.pageTopicArn, ticketTopicArn: this.ticketTopicArn });
  }
}

function check(name: string, { place, pageEmails = [], ticketEmails = [] }: NoticesArgs) {
  const wrong = [...pageEmails, ...ticketEmails].find((email) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email));
  if (wrong !== undefined) {
    throw new Error(
      `pageEmails and ticketEmails must hold e-mail addresses, got "${wrong}": correct it or leave it out`,
    );
  }
  return physicalName(place, name);
}

/** Alarms of this stack and account, and nobody else's: their names begin with project and stack. */
const fromOurAlarms = (place: Place): Statement["conditions"] => ({
  StringEquals: { "aws:SourceAccount": place.accountId },
  ArnLike: { "aws:SourceArn": alarmArn(place, `${place.project}-${place.stack}-*`) },
});

function topicPolicy(place: Place, topicName: string): string {
  const resources = [topicArn(place, topicName)];
  return document(
    {
      sid: "PublishAlarms",
      principals: { Service: "cloudwatch.amazonaws.com" },
      actions: ["sns:Publish"],
      resources,
      conditions: fromOurAlarms(place),
    },
    {
      sid: "RefusePlaintext",
      effect: "Deny",
      principals: { AWS: "*" },
      actions: ["sns:Publish"],
      resources,
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}

function keyPolicy(place: Place): string {
  return document(keyAdministration(place), {
    sid: "EncryptAlarms",
    principals: { Service: "cloudwatch.amazonaws.com" },
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: ["*"],
    conditions: { StringEquals: { "aws:SourceAccount": place.accountId } },
  });
}
