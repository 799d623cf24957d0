import { logGroupArn, repositoryArn } from "../iam/arns.ts";
import type { Statement } from "../iam/document.ts";
import type { Place } from "../names.ts";

/** AWS services by the last part of their endpoint's name (`ecr.api`), each with what may be done through the endpoint; nothing said is everything. */
export type Endpoints = Readonly<Record<string, readonly Statement[]>>;

/** The endpoint by which tasks fetch the keys that tokens are verified with. */
export const keysEndpoint = "execute-api";

/** Method and path of the keys behind that endpoint, with the stage. */
export const keysRoute = { stage: "live", method: "GET", path: "/jwks.json" } as const;

/** The right to call that, of whatever API of the account: AWS invents the ids of APIs. */
export const keysArn = ({ partition, region, accountId }: Place): string =>
  `arn:${partition}:execute-api:${region}:${accountId}:*/${keysRoute.stage}/${keysRoute.method}${keysRoute.path}`;

/**
 * The endpoints that a stack without a way to the internet cannot do without, and no others: each is paid by the hour. Functions
 * need one, for the master secret that migrations log in with; logs and traces of functions do not pass through the network.
 */
export function endpointsOf(place: Place, tasks?: { commands: boolean }): Endpoints {
  const own = (...given: Omit<Statement, "principals">[]) => given.map((statement) => ofAccount(place, statement));
  const functions = { secretsmanager: own(readManagedSecrets(place)) };
  if (!tasks) return functions;
  const logGroup = logGroupArn(place, `/aws/ecs/${place.project}-${place.stack}-*`);
  return {
    ...functions,
    // "Amazon ECR interface VPC endpoints" in the ECR user guide: tasks on Fargate need both, and S3 for the layers.
    "ecr.api": own(...pullImages(place)),
    "ecr.dkr": own(...pullImages(place)),
    logs: own(
      {
        sid: "WriteLogs",
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: [logGroup, `${logGroup}:log-stream:*`],
      },
      ...(tasks.commands ? [{ sid: "FindLogGroup", actions: ["logs:DescribeLogGroups"], resources: ["*"] }] : []),
    ),
    xray: own({
      sid: "SendTraces",
      actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
      resources: ["*"],
    }),
    [keysEndpoint]: [readKeys(place)],
    ...(tasks.commands && commandEndpoints(place)),
  };
}

/**
 * What the way to S3 is for where tasks have no other: layers of images, from a bucket of ECR's own ("Minimum Amazon S3 bucket
 * permissions for Amazon ECR" in its user guide). The URLs are signed by ECR, so no account of ours is named.
 */
export const imageLayers = ({ partition, region }: Place): Statement => ({
  sid: "ReadImageLayers",
  principals: { AWS: "*" },
  actions: ["s3:GetObject"],
  resources: [`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`],
});

/** ECS Exec opens its channel through the first and its sessions' key with the second ("Using ECS Exec with interface VPC endpoints"). */
const commandEndpoints = (place: Place): Endpoints => ({
  ssmmessages: [
    ofAccount(place, {
      sid: "OpenChannel",
      actions: ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
        (action) => `ssmmessages:${action}`,
      ),
      resources: ["*"],
    }),
  ],
  kms: [
    ofAccount(place, {
      sid: "OpenSessions",
      actions: ["kms:Decrypt"],
      resources: [`arn:${place.partition}:kms:${place.region}:${place.accountId}:key/*`],
    }),
  ],
});

/** Nobody gets data out with credentials of another account. */
const ofAccount = ({ accountId }: Place, statement: Omit<Statement, "principals">): Statement => ({
  ...statement,
  principals: { AWS: "*" },
  conditions: { StringEquals: { "aws:PrincipalAccount": accountId } },
});

const readManagedSecrets = ({ partition, region, accountId }: Place) => ({
  sid: "ReadManagedSecrets",
  actions: ["secretsmanager:GetSecretValue"],
  resources: [`arn:${partition}:secretsmanager:${region}:${accountId}:secret:rds!db-*`],
});

// Which repository a stack pulls from its roles say: a promoted image is in the pipeline's.
const pullImages = (place: Place) => [
  { sid: "LogInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
  {
    sid: "PullImages",
    actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    resources: [repositoryArn(place, "*")],
  },
];

/** Asked without credentials, as Cognito's own address for them is. */
const readKeys = (place: Place): Statement => ({
  sid: "ReadKeys",
  principals: { AWS: "*" },
  actions: ["execute-api:Invoke"],
  resources: [keysArn(place)],
});
