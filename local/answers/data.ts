import { createHash } from "node:crypto";
import { account, arn, named, type Answers, type Inputs } from "./account.ts";

/** What AWS answers for RDS, Secrets Manager and SSM. */
export const dataAnswers: Answers = {
  "aws:rds/subnetGroup:SubnetGroup": (name, inputs) => rds("subgrp", name, inputs),
  "aws:rds/parameterGroup:ParameterGroup": (name, inputs) => rds("pg", name, inputs),
  "aws:rds/instance:Instance": (name, inputs) => {
    const identifier = named(name, inputs, "identifier");
    const digest = createHash("sha256").update(identifier).digest("hex");
    const secretName = `rds!db-${digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5")}`;
    const address = `${identifier}.c${digest.slice(0, 11)}.${account.region}.rds.amazonaws.com`;
    return {
      id: `db-${digest.slice(0, 26).toUpperCase()}`,
      resourceId: `db-${digest.slice(0, 26).toUpperCase()}`,
      identifier,
      address,
      endpoint: `${address}:${inputs.port}`,
      arn: arn("rds", `db:${identifier}`),
      engineVersionActual: `${inputs.engineVersion}.1`,
      status: "available",
      masterUserSecrets: inputs.manageMasterUserPassword
        ? [{ secretArn: arn("secretsmanager", `secret:${secretName}-${digest.slice(-6)}`), secretStatus: "active" }]
        : [],
    };
  },
  "aws:rds/proxy:Proxy": (name, inputs) => {
    const own = named(name, inputs);
    const digest = createHash("sha256").update(own).digest("hex");
    const endpoint = `${own}.proxy-c${digest.slice(0, 11)}.${account.region}.rds.amazonaws.com`;
    return { id: own, name: own, endpoint, arn: arn("rds", `db-proxy:prx-0${digest.slice(0, 16)}`) };
  },
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": (_, { dbProxyName }) => ({
    id: dbProxyName,
    name: "default",
  }),
  "aws:rds/proxyTarget:ProxyTarget": (_, { dbProxyName, targetGroupName, dbInstanceIdentifier }) => ({
    id: `${dbProxyName}/${targetGroupName}/RDS_INSTANCE/${dbInstanceIdentifier}`,
  }),
  // The pipeline writes the digest it promotes; the recorded stack runs one of the right form.
  "aws:ssm/parameter:Parameter": (_, { name }) => ({ id: name, arn: arn("ssm", `parameter${name}`), version: 1 }),
  "aws:ssm/getParameter:getParameter": (_, { name }) => ({
    id: name,
    name,
    value: `${account.accountId}.dkr.ecr.${account.region}.amazonaws.com/slipway@sha256:${createHash("sha256").update(name).digest("hex")}`,
  }),
};

const rds = (kind: string, name: string, inputs: Inputs) => ({
  id: named(name, inputs),
  name: named(name, inputs),
  arn: arn("rds", `${kind}:${named(name, inputs)}`),
});
