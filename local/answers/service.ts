import { createHash } from "node:crypto";
import { account, arn, named, type Answers, type Inputs } from "./account.ts";

/** What AWS answers for ECS, load balancers, certificates, records, buckets and scaling. */
export const serviceAnswers: Answers = {
  "aws:ecs/cluster:Cluster": (name, inputs) => {
    const cluster = arn("ecs", `cluster/${named(name, inputs)}`);
    return { id: cluster, arn: cluster, name: named(name, inputs) };
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": (_name, { clusterName }) => ({ id: clusterName }),
  "aws:ecs/taskDefinition:TaskDefinition": (_name, { family }) => ({
    id: family,
    revision: 1,
    arn: arn("ecs", `task-definition/${family}:1`),
    arnWithoutRevision: arn("ecs", `task-definition/${family}`),
  }),
  "aws:ecs/service:Service": (name, inputs) => {
    const cluster = String(inputs.cluster ?? "default")
      .split("/")
      .at(-1);
    const service = arn("ecs", `service/${cluster}/${named(name, inputs)}`);
    return { id: service, arn: service, name: named(name, inputs) };
  },
  "aws:lb/loadBalancer:LoadBalancer": (name, inputs) => {
    const own = balancerName(name, inputs);
    const suffix = `app/${own}/${hex(name, 16)}`;
    const host = `${inputs.internal ? "internal-" : ""}${own}-${digits(name)}.${account.region}.elb.amazonaws.com`;
    const balancer = elb(`loadbalancer/${suffix}`);
    return { id: balancer, arn: balancer, arnSuffix: suffix, name: own, dnsName: host, zoneId: "Z32O12XQLNTSW2" };
  },
  "aws:lb/listener:Listener": (name, inputs) => {
    const listener = String(inputs.loadBalancerArn).replace(":loadbalancer/", ":listener/");
    const own = `${listener}/${hex(name, 16)}`;
    return { id: own, arn: own };
  },
  "aws:lb/listenerRule:ListenerRule": (name, inputs) => {
    const rule = String(inputs.listenerArn).replace(":listener/", ":listener-rule/");
    const own = `${rule}/${hex(name, 16)}`;
    return { id: own, arn: own };
  },
  "aws:lb/targetGroup:TargetGroup": (name, inputs) => {
    const own = balancerName(name, inputs);
    const suffix = `targetgroup/${own}/${hex(name, 16)}`;
    return { id: elb(suffix), arn: elb(suffix), arnSuffix: suffix, name: own };
  },
  "aws:acm/certificate:Certificate": (name, { domainName }) => {
    const certificate = arn("acm", `certificate/${uuid(name)}`);
    const proof = {
      domainName,
      resourceRecordName: `_${hex(domainName, 32)}.${domainName}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${hex(name, 32)}.jkddzztszm.acm-validations.aws.`,
    };
    return { id: certificate, arn: certificate, status: "PENDING_VALIDATION", domainValidationOptions: [proof] };
  },
  "aws:acm/certificateValidation:CertificateValidation": (_name, { certificateArn }) => ({ id: certificateArn }),
  "aws:route53/record:Record": (_name, { zoneId, name, type }) => ({
    id: `${zoneId}_${name}_${type}`,
    fqdn: String(name).replace(/\.$/, ""),
  }),
  "aws:s3/bucket:Bucket": (name, inputs) => {
    const bucket = named(name, inputs, "bucket");
    return { id: bucket, bucket, arn: `arn:${account.partition}:s3:::${bucket}` };
  },
  ...Object.fromEntries(
    [
      "bucketPublicAccessBlock:BucketPublicAccessBlock",
      "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "bucketPolicy:BucketPolicy",
    ].map((type) => [`aws:s3/${type}`, (_name: string, { bucket }: Inputs) => ({ id: bucket })]),
  ),
  "aws:appautoscaling/target:Target": (_name, { resourceId }) => ({
    id: resourceId,
    arn: arn("application-autoscaling", `scalable-target/${hex(resourceId, 24)}`),
  }),
  "aws:appautoscaling/policy:Policy": (name, inputs) => ({
    id: named(name, inputs),
    arn: arn(
      "autoscaling",
      `scalingPolicy:${uuid(name)}:resource/ecs/${inputs.resourceId}:policyName/${named(name, inputs)}`,
    ),
  }),
  "aws:apigatewayv2/vpcLink:VpcLink": (name) => {
    const id = hex(name, 10);
    return { id, arn: `arn:${account.partition}:apigateway:${account.region}::/vpclinks/${id}` };
  },
};

const hex = (seed: string, length: number) => createHash("sha256").update(seed).digest("hex").slice(0, length);
const digits = (seed: string) =>
  String(parseInt(hex(seed, 8), 16))
    .padStart(10, "1")
    .slice(0, 10);
const elb = (resource: string) => arn("elasticloadbalancing", resource);
const uuid = (seed: string) => hex(seed, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Autonamed; refused where it has more than the 32 characters these take. */
function balancerName(name: string, inputs: Inputs): string {
  const own: string = inputs.name ?? `${name}-${hex(name, 7)}`;
  if (own.length > 32)
    throw new Error(`"${own}" has ${own.length} characters, load balancers and their groups take 32`);
  return own;
}
