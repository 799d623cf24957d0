const consoles: Record<string, string> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** The page of an execution in the AWS console. */
export function executionLink(arn: string): string {
  const [, partition = "", , region = ""] = arn.split(":");
  const host = consoles[partition] ?? consoles.aws;
  return `https://${region}.${host}/states/home?region=${region}#/v2/executions/details/${arn}`;
}
