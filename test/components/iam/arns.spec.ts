import assert from "node:assert/strict";
import * as arns from "../../../components/iam/arns.ts";
import { place } from "../place.ts";

describe("ARNs", () => {
  for (const [what, arn, expected] of [
    ["a function", arns.functionArn(place, "f"), "arn:aws:lambda:eu-west-1:123456789012:function:f"],
    ["an alias", arns.aliasArn(place, "f", "live"), "arn:aws:lambda:eu-west-1:123456789012:function:f:live"],
    [
      "a log group",
      arns.logGroupArn(place, "/aws/lambda/f"),
      "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/f",
    ],
    ["a topic", arns.topicArn(place, "t"), "arn:aws:sns:eu-west-1:123456789012:t"],
    ["a queue", arns.queueArn(place, "q"), "arn:aws:sqs:eu-west-1:123456789012:q"],
    ["a repository", arns.repositoryArn(place, "r"), "arn:aws:ecr:eu-west-1:123456789012:repository/r"],
    ["a parameter", arns.parameterArn(place, "/a/b"), "arn:aws:ssm:eu-west-1:123456789012:parameter/a/b"],
    ["a state machine", arns.stateMachineArn(place, "s"), "arn:aws:states:eu-west-1:123456789012:stateMachine:s"],
    ["an alarm", arns.alarmArn(place, "a"), "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a"],
    ["a subnet", arns.ec2Arn(place, "subnet/*"), "arn:aws:ec2:eu-west-1:123456789012:subnet/*"],
    ["a database", arns.databaseArn(place, "d"), "arn:aws:rds:eu-west-1:123456789012:db:d"],
    ["a database user", arns.databaseUserArn(place, "u"), "arn:aws:rds-db:eu-west-1:123456789012:dbuser:*/u"],
    ["a role, which has no region", arns.roleArn(place, "r"), "arn:aws:iam::123456789012:role/r"],
  ] as const) {
    it(`names ${what}`, () => assert.equal(arn, expected));
  }

  it("follows the partition and region of the place", () => {
    const china = { ...place, partition: "aws-cn", region: "cn-north-1" };
    assert.equal(arns.queueArn(china, "q"), "arn:aws-cn:sqs:cn-north-1:123456789012:q");
    assert.equal(arns.roleArn(china, "r"), "arn:aws-cn:iam::123456789012:role/r");
  });
});
