import { holdersIn, type Holder } from "../../facts/holders.ts";
import { isKnown, permissionsOf, sourceOf, unread } from "../../facts/permissions.ts";
import { items, text } from "../../facts/reading.ts";
import { intersect, union } from "../../iam/actions.ts";
import { proves } from "../../iam/prover.ts";
import { invariants, type Invariant } from "../../invariants.ts";
import { accountsOf } from "../../permissions/names.ts";
import type { Found, StackRule } from "../../rule.ts";
import { covers } from "../../waivers.ts";

export const rule: StackRule = {
  id: "iam-proof",
  topic: "identity",
  holds: "every declared invariant about a principal is proved from its policies",
  why: "A test shows that one request is refused; a proof shows that no request can be made at all.",
  fix: "take the permission back, or change the promise in policies/invariants.ts and have it reviewed",
  source: "the invariants of this project; IAM Access Analyzer, CheckAccessNotGranted",
  severity: "high",
  level: "mandatory",
  options: {
    stack: {
      type: "string",
      default: "*",
      description: "What `<stack>` stands for; the pack fills in the name of the stack it judges.",
    },
    invariants: {
      type: "array",
      default: [...invariants],
      description: "Promises as in policies/invariants.ts: principal, never, only, within, because.",
    },
  },
  *checkStack(resources, options) {
    const [account = "*", ...more] = accountsOf(resources);
    const places = { "<account>": more.length > 0 ? "*" : account, "<stack>": text(options, "stack") ?? "*" };
    const promises = items(options, "invariants") as readonly Invariant[];
    for (const holder of holdersIn(resources)) {
      const own = promises.filter(({ principal }) => covers(principal, holder.resource.name));
      for (const promise of own) yield* judged(holder, placed(promise, places));
      if (own.length > 0) {
        for (const { unknown, resource } of holder.documents) if (unknown) yield { unknown, resource };
        yield* holder.unknown;
      }
    }
  },
};

function* judged(holder: Holder, { because, ...promise }: Invariant): Generator<Found> {
  const proof = touches(holder, promise) ? proves(permissionsOf(holder), promise) : ({ answer: "holds" } as const);
  const { resource, isPrincipal, unknown } = holder;
  const about = `the promise that ${because}`;
  if (proof.answer === "violated") {
    const { from, statement } = sourceOf(proof.statement, holder.documents.filter(isKnown));
    const said = `${about} is broken: statement ${statement} allows ${proof.action} on ${proof.resource}`;
    if (isPrincipal || unknown.length === 0) yield { found: said, resource: (from ?? holder).resource };
  } else if (proof.answer === "undecided") yield { undecided: `${about}: ${proof.reason}`, resource };
  for (const { arn, by } of unread(holder)) {
    yield { undecided: `${about}: the attached policy ${arn} is not of this stack`, resource: by };
  }
}

/** Whether a holder has any of the actions that a promise is about, or something nobody can read: else there is nothing to prove. */
const touches = (holder: Holder, { never = [], only = [] }: Pick<Invariant, "never" | "only">): boolean => {
  const about = union([...never, ...only]);
  const { grants, undecided } = permissionsOf(holder);
  return (
    undecided.length > 0 ||
    grants.some(({ actions, unknown }) => unknown.length > 0 || intersect(actions, about).length > 0)
  );
};

function placed(promise: Invariant, places: Readonly<Record<string, string>>): Invariant {
  const fill = (pattern: string) =>
    Object.entries(places).reduce((rest, [name, value]) => rest.replaceAll(name, value), pattern);
  return promise.within ? { ...promise, within: promise.within.map(fill) } : promise;
}
