import { catalogue, type Service } from "../data/catalogue.ts";
import { anyArn, key, modelled, type Key } from "../data/condition-keys.ts";

const claimEnds = [
  ":aud",
  ":sub",
  ":amr",
  ":oaud",
  ":email",
  ":app_id",
  ":user_id",
  ":azp",
  ":iss",
  ":namequalifier",
  ":doc",
];

/** What is known of a condition key, given in lower case. */
export function keyFacts(name: string): Key {
  const slash = name.indexOf("/");
  const found = modelled[name] ?? (slash > 0 ? modelled[name.slice(0, slash + 1)] : undefined);
  if (found && Object.hasOwn(modelled, name)) return found;
  if (found && slash > 0) return found;
  const colon = name.indexOf(":");
  const prefix = colon < 0 ? name : name.slice(0, colon);
  if (prefix === "saml" || claimEnds.some((end) => name.endsWith(end)) || prefix.includes(".")) {
    return key("claim", { multiple: !name.endsWith(":aud") && !name.endsWith(":sub"), forms: claims[prefix] ?? [] });
  }
  const start = name.slice(0, slash + 1);
  if (start.endsWith("tag/") && !start.endsWith(":requestobjecttag/"))
    return key(start.endsWith(":requesttag/") ? "request" : "resource");
  if (name.startsWith("kms:encryptioncontext:")) return key("request");
  const service = catalogue.service(prefix);
  const type = service && (service.keys.get(name) ?? (slash > 0 ? templateType(service, start) : undefined));
  if (type === undefined) return key("unknown");
  const multiple = type.startsWith("arrayof");
  const forms = type.includes("arn") && !ofSeveralKinds.has(name) ? { forms: anyArn } : {};
  return key(namesSomething(name, type) ? "request" : "context", { multiple, ...forms });
}

/** The type of a key that has a name of its own after what it begins with: the data has `${Name}` or `<name>` there. */
function templateType({ keys }: Service, start: string): string | undefined {
  for (const [name, type] of keys) {
    if (name.startsWith(start) && /^[$<]/.test(name.slice(start.length))) return type;
  }
  return undefined;
}

/** Keys whose ARNs may be of several kinds of things, so that the kind alone says something. */
const ofSeveralKinds = new Set([
  "events:targetarn",
  "codestar-notifications:notificationsforresource",
  "backup:copytargets",
  "logs:deliverydestinationresourcearn",
  "logs:loggeneratingresourcearns",
  "ram:resourcearn",
  "route53profiles:resourcearns",
  "redshift:integrationsourcearn",
  "redshift:integrationtargetarn",
  "s3:deliverysourcearn",
  "s3:resourcearnbeingauthorized",
  "kms:grantconstraintsourcearn",
  "iotfleetwise:destinationarn",
  "wafv2:logdestinationresource",
  "cloudwatch:requestmanagedresourcearns",
]);

/** What the claims of providers that serve everybody look like. */
const claims: Readonly<Record<string, readonly string[]>> = {
  "cognito-identity.amazonaws.com": ["${Region}:${PoolId}"],
  "accounts.google.com": ["${Client}.apps.googleusercontent.com"],
};

/** Ends of keys that name a thing. Others say what it is like, such as its engine or size, and leave open which one it is. */
const naming = [
  "arn",
  "id",
  "identifier",
  "name",
  "names",
  "namespace",
  "cluster",
  "vpc",
  "subnet",
  "prefix",
  "path",
  "user",
  "group",
  "role",
].concat(
  [
    "principal",
    "service",
    "principalid",
    "endpoint",
    "function",
    "table",
    "topic",
    "queue",
    "bucket",
    "repository",
    "references",
  ],
  [
    "project",
    "owner",
    "account",
    "accounts",
    "policy",
    "resource",
    "resources",
    "createaction",
    "source",
    "profile",
    "aliases",
    "layer",
    "targetregion",
    "collection",
    "aoss:index",
    "fromaddress",
    "feedbackaddress",
    "recipients",
  ],
);

const namesSomething = (name: string, type: string): boolean =>
  type.includes("arn") || naming.some((end) => name.endsWith(end));
