import type { Holder } from "../../facts/holders.ts";
import { reachedElsewhere } from "../../facts/other-stacks.ts";
import { permissionsOf, unread } from "../../facts/permissions.ts";
import { amount, text, texts } from "../../facts/reading.ts";
import { arnOf, homeOf } from "../../facts/home.ts";
import { roleGraph, type RoleGraph } from "../../facts/role-graph.ts";
import { intersect, union } from "../../iam/actions.ts";
import type { Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "iam-blast-radius",
  topic: "identity",
  holds: "what one role can reach stays within a budget and within its own stack, by itself or through other roles",
  why: "Whoever gets hold of one role gets all that it reaches: a test system must not be the way into production.",
  fix: "split the work among roles that reach less and name things of their own stack, or raise the option max and say why",
  source: "AWS Well-Architected SEC03-BP05, reduce permissions continuously",
  severity: "medium",
  level: "mandatory",
  options: {
    max: {
      type: "integer",
      default: 8,
      description:
        "Most pairs of a data resource of the stack and a kind of access, read or write, that one role may reach.",
    },
    stack: { type: "string", default: "", description: "Stack that is judged; the pack fills it in." },
    kept: {
      type: "array",
      items: { type: "string" },
      default: ["prod"],
      description: "Stacks that no other stack may reach, by their names in `<project>-<stack>-<part>`.",
    },
  },
  *checkStack(resources, options) {
    const own = text(options, "stack") ?? "";
    if (own !== "") yield* reachedElsewhere(resources, { own, kept: texts(options, "kept") });
    const graph = roleGraph(resources);
    const max = amount(options, "max") ?? 0;
    const probes = probesOf(resources);
    for (const role of graph.roles) {
      const roles = closure(role, graph);
      const reached = probes
        .filter((probe) => roles.some((role) => reaches(role, probe, graph)))
        .map(({ kind, name }) => `${kind} ${name}`);
      if (reached.length > max) {
        const through = roles.length > 1 ? ` through ${roles.length - 1} more roles` : "";
        const found = `it reaches ${reached.length} of at most ${max}${through}: ${reached.slice(0, 6).join(", ")}`;
        yield { found, resource: role.resource };
        continue;
      }
      for (const { unknown, resource } of roles.flatMap((one) => [...one.documents, ...one.unknown])) {
        if (unknown) yield { unknown, resource };
      }
      for (const { arn } of roles.flatMap(unread)) {
        yield { undecided: `the attached policy ${arn} is not of this stack`, resource: role.resource };
      }
    }
    yield* graph.stray;
  },
};

/** A role and all it can become. */
function closure(role: Holder, graph: RoleGraph): Holder[] {
  const found = new Set([role]);
  for (const one of found) for (const { to } of graph.stepsFrom(one)) found.add(to);
  return [...found];
}

type Touch = readonly [kind: string, action: string];
const readAndWrite = (read: string, write: string): readonly Touch[] => [
  ["read", read],
  ["write", write],
];

/** What reading and writing mean for the kinds of data a stack keeps. */
const data: Readonly<Record<string, readonly Touch[]>> = {
  "aws:secretsmanager/secret:Secret": readAndWrite("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"),
  "aws:s3/bucket:Bucket": readAndWrite("s3:GetObject", "s3:PutObject"),
  "aws:s3/bucketV2:BucketV2": readAndWrite("s3:GetObject", "s3:PutObject"),
  "aws:dynamodb/table:Table": readAndWrite("dynamodb:GetItem", "dynamodb:PutItem"),
  "aws:sqs/queue:Queue": readAndWrite("sqs:ReceiveMessage", "sqs:SendMessage"),
  "aws:sns/topic:Topic": [["write", "sns:Publish"]],
  "aws:ssm/parameter:Parameter": readAndWrite("ssm:GetParameter", "ssm:PutParameter"),
  "aws:kms/key:Key": readAndWrite("kms:Decrypt", "kms:Encrypt"),
  "aws:kinesis/stream:Stream": readAndWrite("kinesis:GetRecords", "kinesis:PutRecord"),
  "aws:rds/instance:Instance": [["connect", "rds-db:connect"]],
};

/** One way to touch one resource. */
interface Probe {
  readonly name: string;
  readonly kind: string;
  readonly action: string;
  /** What the action is asked on; undefined when a resource has no ARN yet, or its users have ARNs of their own. */
  readonly arn?: string;
}

function probesOf(resources: readonly Resource[]): Probe[] {
  const home = homeOf(resources);
  return resources.flatMap((one) => {
    const arn = one.type === "aws:rds/instance:Instance" ? "" : arnOf(one, home);
    // the objects of a bucket are what counts
    const on = arn === "" ? {} : { arn: one.type.startsWith("aws:s3/") ? `${arn}/object` : arn };
    return (data[one.type] ?? []).map(([kind, action]) => ({ name: one.name, kind, action, ...on }));
  });
}

function reaches(role: Holder, { action, arn }: Probe, graph: RoleGraph): boolean {
  if (arn !== undefined) return graph.can(role, action, arn);
  const wanted = union([action]);
  return permissionsOf(role).grants.some(({ actions }) => intersect(actions, wanted).length > 0);
}
