const hosts: Record<string, string> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** Where the AWS console of a partition is. */
export const consoleHost = (partition: string): string => hosts[partition] ?? hosts.aws!;
