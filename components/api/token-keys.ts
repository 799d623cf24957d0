import * as apigateway from "@pulumi/aws/apigateway/index.js";
import * as pulumi from "@pulumi/pulumi";
import { document as policyDocument } from "../iam/document.ts";
import { logRetention } from "../log-retention.ts";
import { physicalName, type Place } from "../names.ts";
import { keysArn, keysRoute } from "../network/endpoint-uses.ts";
import { validated } from "../validated.ts";
import { fingerprint } from "./fingerprint.ts";
import { liveStage } from "./live-stage.ts";

export interface TokenKeysArgs {
  place: Place;
  /** Last part of the API's name `<project>-<stack>-<part>`. */
  part: string;
  /** Issuer of the tokens, as it stands in them. */
  issuer: pulumi.Input<string>;
  /** Addresses of the network: nobody else gets an answer. */
  cidrBlock: string;
  /** Days CloudWatch keeps the logs. Defaults to 30. */
  logRetentionDays?: number;
}

/**
 * The public keys of a user pool inside a network that has no way out. Cognito has an interface endpoint of its own, but a pool with
 * a domain, which sign-in needs, answers nothing that comes through it (Cognito developer guide, "Access Amazon Cognito using an
 * interface endpoint", footnote 2). A private API asks Cognito instead, each time, so keys that Cognito changes are never missed.
 * The network needs an interface endpoint of `execute-api` with private DNS.
 */
export class TokenKeys extends pulumi.ComponentResource {
  /** Where the keys are read, for what runs in the network. */
  readonly jwksUri: pulumi.Output<string>;
  /** Names of API and stage: the dimensions of its metrics. */
  readonly apiName: string;
  readonly stageName: string = keysRoute.stage;

  constructor(name: string, args: TokenKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:TokenKeys", name, {}, opts);
    const { apiName, retentionInDays } = validated(this, () => check(args));
    const child = { parent: this };

    const body = pulumi.jsonStringify(documentOf(apiName, args.issuer));
    const api = new apigateway.RestApi(
      `${name}-api`,
      {
        name: apiName,
        body,
        endpointConfiguration: { types: "PRIVATE" },
        policy: policyDocument({
          sid: "ReadKeysFromNetwork",
          // Whoever asks needs no credentials for what Cognito shows everybody; AWS invents the ids of network and endpoint, and this
          // API's. The short form `execute-api:/...` comes back from AWS as a whole ARN, and each update would show the difference.
          principals: { AWS: "*" },
          actions: ["execute-api:Invoke"],
          resources: [keysArn(args.place)],
          conditions: { IpAddress: { "aws:VpcSourceIp": args.cidrBlock } },
        }),
      },
      child,
    );
    const triggers = { document: body.apply((text) => fingerprint({ body: text, cidrBlock: args.cidrBlock })) };
    const deployment = new apigateway.Deployment(`${name}-deployment`, { restApi: api.id, triggers }, child);
    const stage = liveStage(
      name,
      {
        ...{ api, deployment, stageName: this.stageName, accessLogGroup: `/aws/apigateway/${apiName}/access` },
        // A task asks once and keeps the answer: more than a few requests a second are a mistake.
        ...{ retentionInDays, throttleRate: 10, throttleBurst: 20, dependsOn: opts?.dependsOn },
      },
      child,
    );

    this.apiName = apiName;
    this.jwksUri = pulumi.interpolate`${stage.invokeUrl}${keysRoute.path}`;
    this.registerOutputs({ jwksUri: this.jwksUri });
  }
}

/** One route, passed on to the issuer as it is. */
const documentOf = (title: string, issuer: pulumi.Input<string>) => ({
  openapi: "3.0.3",
  info: { title, version: "1" },
  paths: {
    [keysRoute.path]: {
      [keysRoute.method.toLowerCase()]: {
        security: [],
        "x-public-reason": "public keys: Cognito gives them to everybody, and without them no token can be verified",
        responses: { "200": { description: "The keys" } },
        "x-amazon-apigateway-integration": {
          type: "http_proxy",
          httpMethod: keysRoute.method,
          uri: pulumi.interpolate`${issuer}/.well-known/jwks.json`,
          passthroughBehavior: "when_no_match",
          timeoutInMillis: 2500,
        },
      },
    },
  },
});

function check({ place, part, cidrBlock, logRetentionDays = 30 }: TokenKeysArgs) {
  if (!/^\d+(\.\d+){3}\/\d+$/.test(cidrBlock)) {
    throw new Error(`cidrBlock must be an IPv4 block, got "${cidrBlock}": use the network's, such as 10.0.0.0/16`);
  }
  return { apiName: physicalName(place, part), retentionInDays: logRetention(logRetentionDays) };
}
