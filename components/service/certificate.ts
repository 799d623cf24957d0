import * as acm from "@pulumi/aws/acm/index.js";
import * as route53 from "@pulumi/aws/route53/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** A name of one's own, in a hosted zone of Route 53 in the same account. */
export interface Domain {
  name: string;
  zoneId: pulumi.Input<string>;
}

/** A certificate for `domain`, which ACM renews by itself as long as the record that proves the name stands. Its ARN comes once it is valid. */
export function certificate(
  name: string,
  { name: domainName, zoneId }: Domain,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const issued = new acm.Certificate(
    `${name}-certificate`,
    { domainName, validationMethod: "DNS", keyAlgorithm: "EC_prime256v1" },
    child,
  );
  // One name, so one proof: nothing here depends on how many ACM asks for.
  const proof = issued.domainValidationOptions.apply(([option]) => option!);
  const record = new route53.Record(
    `${name}-certificate-proof`,
    {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      // The proof of a name is the same for each certificate of an account, so a replaced one finds it there.
      allowOverwrite: true,
    },
    child,
  );
  const valid = new acm.CertificateValidation(
    `${name}-certificate-valid`,
    { certificateArn: issued.arn, validationRecordFqdns: [record.fqdn] },
    child,
  );
  return valid.certificateArn;
}
