const allow = (...Action: string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "Managed", Effect: "Allow", Action, Resource: "*" }],
});

/** AWS-managed policies that stacks like these attach, by path. From the AWS managed policy reference guide. */
const known: Readonly<Record<string, object>> = {
  AdministratorAccess: allow("*"),
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs": allow(
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ),
  "service-role/AWSLambdaBasicExecutionRole": allow("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
  "service-role/AmazonECSTaskExecutionRolePolicy": allow(
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
  ),
};

/** The document of an AWS-managed policy; undefined when it is not known here, or not AWS's. */
export function managedPolicy(arn: string): object | undefined {
  const mark = ":iam::aws:policy/";
  return arn.includes(mark) ? known[arn.slice(arn.indexOf(mark) + mark.length)] : undefined;
}
