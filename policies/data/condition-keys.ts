/** What a condition on a key limits, for whoever holds the permission. */
export type Facet =
  /** Which resources: tags on them, their names. */
  | "resource"
  /** What is asked for: the service a role is passed to, a metric namespace, a key prefix. */
  | "request"
  /** Who asks: organisation, account, principal. */
  | "caller"
  /** On whose behalf a service asks: `aws:SourceArn`, `aws:SourceAccount`. */
  | "source"
  /** The private network the request comes through. */
  | "network"
  /** Where, when or how: address, date, MFA, TLS. Leaves the whole resource set reachable. */
  | "context"
  /** Claims of a federated token. */
  | "claim"
  /** Not modelled. */
  | "unknown";

export interface Key {
  readonly facet: Facet;
  readonly multiple: boolean;
  /** Whether every request carries it, so that `IfExists` and `Null` change nothing. */
  readonly always: boolean;
  /** What its values look like, when they are no plain texts: a pattern that says no more than one of these holds for all. */
  readonly forms: readonly string[];
  /** Whether a pattern that names an account, but nothing in it, holds for too much all the same. */
  readonly perAccount: boolean;
  /** Whether it is much that the key is there, whatever its value. */
  readonly presence: boolean;
}

/** A key of one facet, single-valued and not always there unless told. */
export const key = (
  facet: Facet,
  { multiple = false, always = false, forms = [], perAccount = false, presence = false }: Partial<Key> = {},
): Key => ({ facet, multiple, always, forms, perAccount, presence });

/** Values that are ARNs of one kind of thing: which kind it is says nothing. */
export const anyArn = ["arn:${Partition}:${Service}:${Region}:${Account}:${Kind}/${Name}"];

const services = { forms: ["${Service}.amazonaws.com"] };
const policies = { forms: ["arn:${Partition}:iam::${Account}:policy/${PolicyName}"], perAccount: true };
const secret = "arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}";

/** Keys modelled exactly. Those that end in `/` have a name of their own after it. */
export const modelled: Record<string, Key> = {
  "aws:resourcetag/": key("resource"),
  "aws:requesttag/": key("request", { presence: true }),
  "aws:tagkeys": key("context", { multiple: true }),
  "aws:principaltag/": key("context"),
  "aws:resourceaccount": key("context"),
  "aws:resourceorgid": key("context"),
  "aws:resourceorgpaths": key("context", { multiple: true }),
  "aws:principalorgid": key("caller"),
  "aws:principalorgpaths": key("caller", { multiple: true }),
  "aws:principalaccount": key("caller"),
  "aws:principalarn": key("caller"),
  "aws:principaltype": key("context"),
  "aws:principalisawsservice": key("context"),
  "aws:principalservicename": key("source", services),
  "aws:principalservicenameslist": key("source", { multiple: true, ...services }),
  "aws:userid": key("caller", { always: true }),
  "aws:username": key("caller"),
  "aws:federatedprovider": key("claim"),
  "aws:sourcearn": key("source"),
  "aws:sourceaccount": key("source"),
  "aws:sourceowner": key("source"),
  "aws:sourceorgid": key("source"),
  "aws:sourceorgpaths": key("source", { multiple: true }),
  "aws:sourceip": key("context"),
  "aws:vpcsourceip": key("context"),
  "aws:sourcevpc": key("network"),
  "aws:sourcevpcarn": key("network"),
  "aws:sourcevpce": key("network"),
  "aws:vpceaccount": key("network"),
  "aws:vpceorgid": key("network"),
  "aws:vpceorgpaths": key("network", { multiple: true }),
  "aws:securetransport": key("context", { always: true }),
  "aws:currenttime": key("context", { always: true }),
  "aws:epochtime": key("context", { always: true }),
  "aws:tokenissuetime": key("context"),
  "aws:requestedregion": key("context", { always: true }),
  "aws:useragent": key("context"),
  "aws:referer": key("context"),
  "aws:multifactorauthpresent": key("context"),
  "aws:multifactorauthage": key("context", { presence: true }),
  "aws:viaawsservice": key("request", { always: true }),
  "aws:calledvia": key("request", { multiple: true, presence: true, ...services }),
  "aws:calledviafirst": key("request", { presence: true, ...services }),
  "aws:calledvialast": key("request", { presence: true, ...services }),
  "aws:sourceidentity": key("context"),
  "aws:ec2instancesourcevpc": key("network"),
  "aws:ec2instancesourceprivateipv4": key("context"),
  "ec2:sourceinstancearn": key("caller"),
  "lambda:sourcefunctionarn": key("caller"),
  "iam:passedtoservice": key("request", services),
  "iam:associatedresourcearn": key("request"),
  "iam:permissionsboundary": key("request", policies),
  "iam:policyarn": key("request", policies),
  "iam:awsservicename": key("request", services),
  "iam:organizationspolicyid": key("context"),
  "iam:resourcetag/": key("resource"),
  "cloudwatch:namespace": key("request"),
  "dynamodb:leadingkeys": key("request", { multiple: true }),
  "dynamodb:attributes": key("context", { multiple: true }),
  "dynamodb:select": key("context"),
  "s3:existingobjecttag/": key("resource"),
  "s3:prefix": key("request"),
  "s3:delimiter": key("context"),
  "s3:max-keys": key("context"),
  "s3:authtype": key("context"),
  "s3:signatureage": key("context"),
  "s3:signatureversion": key("context"),
  "s3:tlsversion": key("context"),
  "s3:resourceaccount": key("context"),
  "s3:dataaccesspointaccount": key("caller"),
  "s3:dataaccesspointarn": key("caller"),
  "s3:accesspointnetworkorigin": key("network"),
  "s3:x-amz-acl": key("context"),
  "s3:x-amz-server-side-encryption": key("context"),
  "s3:x-amz-server-side-encryption-aws-kms-key-id": key("context"),
  "kms:viaservice": key("request", services),
  "kms:resourcealiases": key("resource", { multiple: true, forms: ["alias/${Alias}"] }),
  "kms:requestalias": key("request", { forms: ["alias/${Alias}"] }),
  "kms:calleraccount": key("caller", { always: true }),
  "kms:grantisforawsresource": key("request"),
  "kms:keyorigin": key("context"),
  "kms:keyspec": key("context"),
  "kms:keyusage": key("context"),
  "kms:encryptionalgorithm": key("context"),
  "ec2:region": key("context"),
  "ec2:resourcetag/": key("resource"),
  "ec2:instancetype": key("context"),
  "ec2:tenancy": key("context"),
  "ec2:isdisabled": key("context"),
  "ssm:resourcetag/": key("resource"),
  "secretsmanager:secretid": key("request", { forms: [secret], perAccount: true }),
  "secretsmanager:versionstage": key("context"),
  "secretsmanager:versionid": key("context"),
  "secretsmanager:blockpublicpolicy": key("context"),
  "sts:externalid": key("context"),
  "sts:rolesessionname": key("context"),
  "sts:transitivetagkeys": key("context", { multiple: true }),
  "elasticfilesystem:accessedviamounttarget": key("network"),
  "lambda:functionurlauthtype": key("context"),
  "lambda:invokedviafunctionurl": key("context"),
  "vpc-lattice-svcs:sourcevpc": key("network"),
};

