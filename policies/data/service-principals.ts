/**
 * Which services say on whose behalf they assume a role or call a resource, so that `aws:SourceArn` or `aws:SourceAccount` can
 * and must be asked. From the confused-deputy sections of each service's developer guide.
 */
const names = (...lines: string[]) => new Set(lines.flatMap((line) => line.split(" ")));

const sendSource = names(
  "access-analyzer apigateway appflow appsync athena auditmanager backup bedrock bedrock-agentcore budgets chatbot",
  "cloudtrail cloudwatch codebuild codeguru-reviewer codepipeline codestar-notifications comprehend config connect costalerts",
  "databrew datasync delivery.logs devops-guru dlm dms ds events evidently finspace firehose fis forecast frauddetector glue",
  "grafana guardduty health imagebuilder inspector2 iot iotevents iotsitewise ivs kafkaconnect kendra kinesisanalytics",
  "lakeformation lex lexv2 logs lookoutequipment lookoutmetrics macie malware-protection-plan.guardduty mediaconvert",
  "monitoring.rds mq opensearchservice osis personalize pipes polly qbusiness quicksight rds redshift rekognition rolesanywhere",
  "s3 sagemaker scheduler schemas securityhub ses servicecatalog sns ssm ssm-incidents states storagegateway synthetics",
  "textract timestream transcribe transfer translate vpc-flow-logs voiceid wellarchitected workmail xray cloudfront",
  "workspaces batchoperations.s3 logging.s3 inventory.s3 export.rds cognito-idp cognito-identity route53 servicediscovery sqs dynamodb",
);

/** Compute that runs the account's own code: the role is bound to it when the function, task or host is made. */
const compute = names(
  "ec2 lambda ecs-tasks edgelambda ecs eks eks-fargate-pods eks-nodegroup pods.eks batch tasks.apprunner build.apprunner spotfleet",
  "ec2.amazonaws.com.cn replicator.lambda codedeploy elasticbeanstalk elasticmapreduce autoscaling spot cloudformation opsworks",
  "application-autoscaling elasticloadbalancing logdelivery.elasticloadbalancing secretsmanager robomaker gamelift braket omics",
);

export type Deputy = "required" | "advised" | "exempt";

/** Whether a service principal, such as `events.amazonaws.com`, must be held to a source. */
export function deputyOf(principal: string): Deputy {
  const ends = principal.search(/\.amazonaws\.com(\.cn)?$/);
  if (ends < 0) return "advised";
  const name = principal.slice(0, ends).toLowerCase();
  if (sendSource.has(name)) return "required";
  if (compute.has(name)) return "exempt";
  // logs.eu-west-1.amazonaws.com, delivery.logs.amazonaws.com: a region may stand behind the name
  const regionless = name.replace(/\.[a-z]{2}(-[a-z]+)+-\d$/, "");
  if (regionless === name) return "advised";
  return sendSource.has(regionless) ? "required" : compute.has(regionless) ? "exempt" : "advised";
}
