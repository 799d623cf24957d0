import * as apigateway from "@pulumi/aws/apigateway/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { assumableBy } from "../iam/document.ts";
import type { Place } from "../names.ts";

export interface ApiGatewayAccountArgs {
  place: Place;
}

/**
 * The role with which API Gateway writes logs, one setting for the whole account and region. It belongs to no stack alone:
 * create it in one stack, and let every other stack in the account go without it. Destroying the stack leaves role and
 * setting behind, because the account's other APIs log through them; so the role is autonamed, and the next `up` may
 * create its own.
 */
export class ApiGatewayAccount extends pulumi.ComponentResource {
  constructor(name: string, args: ApiGatewayAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ApiGatewayAccount", name, {}, opts);
    const child = { parent: this, retainOnDelete: true };

    const trust = assumableBy("apigateway.amazonaws.com");
    const role = new iam.Role(`${name}-role`, { assumeRolePolicy: trust }, child);
    // API Gateway names the log groups it writes to, and refuses a role that may do less than this policy.
    const policyArn = `arn:${args.place.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`;
    const grant = new iam.RolePolicyAttachment(`${name}-grant`, { role: role.name, policyArn }, child);
    const settings = { cloudwatchRoleArn: role.arn };
    new apigateway.Account(`${name}-settings`, settings, { ...child, dependsOn: [grant] });

    this.registerOutputs({});
  }
}
