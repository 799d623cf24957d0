import * as aws from "@pulumi/aws";
import * as lb from "@pulumi/aws/lb/index.js";
import * as pulumi from "@pulumi/pulumi";
import { autonamed, physicalName, type Place } from "../names.ts";
import { allowTraffic } from "../network/traffic.ts";
import { validated, wholeNumberIn } from "../validated.ts";
import { accessLogBucketName, accessLogs } from "./access-logs.ts";
import { certificate, type Domain } from "./certificate.ts";
import { openToWorld } from "./open-to-world.ts";
import { longestName } from "./target-pair.ts";

export interface LoadBalancerArgs {
  place: Place;
  /** Last part of the names it gives: `<project>-<stack>-<part>`. */
  part: string;
  vpcId: pulumi.Input<string>;
  /** Subnets of two zones at least: public ones for a public load balancer, private ones else. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether the internet reaches it; then it needs a `domain`. Defaults to false. */
  public?: boolean;
  /** Name under which it answers HTTPS, with a certificate and a record of its own. Defaults to HTTP, which internal ones may. */
  domain?: Domain;
  /** Security groups that may call an internal one, by who they are. Defaults to nobody. */
  callers?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Port on which the next revision of a service is reached before it has traffic: 1 to 65535. Defaults to none. */
  testPort?: number;
  /** Security groups that may call the test port, by who they are. Defaults to nobody. */
  testers?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Whether each request is written to a bucket of its own. Defaults to true. */
  accessLogs?: boolean;
  /** Days access logs are kept: 1 to 3653. Defaults to 30. */
  logRetentionDays?: number;
  /** Whether it refuses to be deleted, and its logs with it. Defaults to true. */
  protect?: boolean;
}

/** What a service needs to know of the load balancer in front of it. */
export interface LoadBalancerFace {
  /** End of the ARN: a dimension of its metrics. */
  arnSuffix: pulumi.Input<string>;
  listenerArn: pulumi.Input<string>;
  /** Present where there is a test port. */
  testListenerArn?: pulumi.Input<string>;
  securityGroupId: pulumi.Input<string>;
  /**
   * Tells it from the load balancer that the same service may have had before. A target group belongs to one for good, so the names
   * of groups and service carry this word. Defaults to none.
   */
  entrance?: string;
}

/** Policy of TLS 1.3 and, for clients of the last ten years, 1.2 with forward secrecy. */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** An application load balancer without routes: services add theirs, and everything else is answered 404. */
export class LoadBalancer extends pulumi.ComponentResource implements LoadBalancerFace {
  readonly loadBalancerArn: pulumi.Output<string>;
  readonly arnSuffix: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly testListenerArn?: pulumi.Output<string>;
  /** Where the next revisions answer, if anywhere: as `origin`, with the test port. */
  readonly testOrigin?: pulumi.Output<string>;
  /** Where it answers, without a path: `https://api.example.com:443`, or `http://<its own name>:80`. */
  readonly origin: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:LoadBalancer", name, {}, opts);
    const { place, vpcId, subnetIds, domain, testPort, protect = true } = args;
    const { days } = validated(this, () => check(name, args));
    const child = { parent: this };
    const port = domain ? 443 : 80;

    const description = `Load balancer ${physicalName(place, args.part)}`;
    const group = new aws.ec2.SecurityGroup(`${name}-group`, { vpcId, description }, child);
    if (args.public) openToWorld(name, group.id, child);
    for (const [who, from] of Object.entries(args.callers ?? {})) {
      allowTraffic(`${name}-${who}`, { from, to: group.id, port, purpose: `${who} to ${args.part}` }, child);
    }
    for (const [who, from] of Object.entries(args.testers ?? {})) {
      const purpose = `${who} to the next revisions behind ${args.part}`;
      allowTraffic(`${name}-test-${who}`, { from, to: group.id, port: testPort!, purpose }, child);
    }
    const balancer = new lb.LoadBalancer(
      `${name}-balancer`,
      {
        loadBalancerType: "application",
        internal: !args.public,
        subnets: subnetIds,
        securityGroups: [group.id],
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "strictest",
        idleTimeout: 60,
        enableDeletionProtection: protect,
        ...((args.accessLogs ?? true) && {
          accessLogs: {
            enabled: true,
            bucket: accessLogs(name, { place, part: args.part, days, deletable: !protect }, child),
          },
        }),
      },
      child,
    );
    const tls = domain && { protocol: "HTTPS", sslPolicy: tlsPolicy, certificateArn: certificate(name, domain, child) };
    const listen = (part: string, at: number) =>
      new lb.Listener(
        `${name}-${part}`,
        {
          loadBalancerArn: balancer.arn,
          port: at,
          ...(tls ?? { protocol: "HTTP" }),
          defaultActions: [{ type: "fixed-response", fixedResponse: noSuchPath }],
        },
        child,
      );
    const listener = listen("listener", port);
    const test = testPort === undefined ? undefined : listen("test", testPort);
    if (args.public) redirectToTls(name, balancer, child);
    if (domain) record(name, domain, balancer, child);

    this.loadBalancerArn = balancer.arn;
    this.arnSuffix = balancer.arnSuffix;
    this.securityGroupId = group.id;
    this.listenerArn = listener.arn;
    this.testListenerArn = test?.arn;
    const originAt = (at: number) =>
      domain ? pulumi.output(`https://${domain.name}:${at}`) : pulumi.interpolate`http://${balancer.dnsName}:${at}`;
    this.origin = originAt(port);
    if (testPort !== undefined) this.testOrigin = originAt(testPort);
    this.registerOutputs({ loadBalancerArn: this.loadBalancerArn, origin: this.origin });
  }
}

const noSuchPath = {
  contentType: "application/json",
  statusCode: "404",
  messageBody: '{"type":"about:blank","title":"Not Found","status":404}',
};

function redirectToTls(name: string, balancer: lb.LoadBalancer, child: pulumi.CustomResourceOptions) {
  const redirect = { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" };
  const defaultActions = [{ type: "redirect", redirect }];
  const plain = { loadBalancerArn: balancer.arn, port: 80, protocol: "HTTP", defaultActions };
  new lb.Listener(`${name}-redirect`, plain, child);
}

function record(name: string, domain: Domain, balancer: lb.LoadBalancer, child: pulumi.CustomResourceOptions) {
  const alias = { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true };
  new aws.route53.Record(
    `${name}-record`,
    { zoneId: domain.zoneId, name: domain.name, type: "A", aliases: [alias] },
    child,
  );
}

function check(name: string, args: LoadBalancerArgs) {
  if (args.public && !args.domain) {
    throw new Error("public needs a domain: the internet is served over TLS only, give domain with name and zoneId");
  }
  if (args.public && args.callers) {
    throw new Error("callers are for an internal load balancer: leave callers out or public");
  }
  if (args.domain && !/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(args.domain.name)) {
    throw new Error(
      `domain must have a name in lower case, got "${args.domain.name}": use one such as api.example.com`,
    );
  }
  if (args.testers && args.testPort === undefined) {
    throw new Error("testers have nothing to call without testPort: give both or neither");
  }
  const taken = [80, 443].find((port) => port === args.testPort);
  if (taken) throw new Error(`testPort ${taken} is taken by the listener for everybody: use another, such as 9443`);
  wholeNumberIn("testPort", args.testPort, 1, 65535);
  autonamed(`${name}-balancer`, longestName);
  accessLogBucketName(args.place, args.part);
  return { days: wholeNumberIn("logRetentionDays", args.logRetentionDays ?? 30, 1, 3653) };
}
