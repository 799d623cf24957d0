import type { Check, Fault, Subject } from "../iam/check.ts";
import type { Found, Level, Severity, StackRule } from "../rule.ts";
import { ownAccounts } from "./accounts.ts";
import { holdersIn, type Holder } from "./holders.ts";
import { isKnown, sourceOf, subjectOf } from "./permissions.ts";
import { documentsOf, type PolicyDocument } from "./policy-documents.ts";
import { texts } from "./reading.ts";

/** What a reader of the pack needs to know beyond what the check says of itself. */
interface Words {
  readonly why: string;
  readonly source: string;
  readonly severity: Severity;
  /** The strictest level of a finding. Defaults to the level of the check. */
  readonly level?: Level;
  /** Types whose documents another rule looks after. */
  readonly except?: readonly string[];
  readonly options?: StackRule["options"];
  /** What the rule finds besides documents. */
  readonly also?: (holders: readonly Holder[], options: Parameters<StackRule["checkStack"]>[1]) => Iterable<Found>;
}

const trusted = {
  trustedAccounts: {
    type: "array",
    items: { type: "string" },
    default: [] as string[],
    description: "Ids of accounts that may be trusted besides the stack's own.",
  },
} as const;

/**
 * A rule that applies a check of documents to a stack: to all policies of a principal together, less its boundary, and to each
 * trust and resource policy.
 */
export function documentRule(check: Check, words: Words): StackRule {
  const { why, source, severity, except = [], also } = words;
  const asksAccounts = check.kinds.some((kind) => kind !== "identity");
  return {
    id: check.id,
    topic: check.kinds.includes("identity") ? "identity" : check.kinds.includes("trust") ? "trust" : "exposure",
    holds: sentence(check.description),
    fix: check.fix,
    ...{ why, source, severity, level: words.level ?? check.level },
    options: { ...words.options, ...(asksAccounts && trusted) },
    *checkStack(resources, options) {
      const holders = check.kinds.includes("identity") || also ? holdersIn(resources) : [];
      if (check.kinds.includes("identity"))
        for (const holder of holders) yield* judged(check, holder.documents, holder);
      if (asksAccounts) {
        const own = [...ownAccounts(resources)];
        const accounts = own.length > 0 ? [...own, ...texts(options, "trustedAccounts")] : [];
        const some = resources.filter(({ type }) => !except.includes(type));
        for (const document of some.flatMap(documentsOf)) {
          if (document.kind !== "identity" && check.kinds.includes(document.kind)) {
            yield* judged(check, [document], { accounts });
          }
        }
      }
      if (also) yield* also(holders, options);
    },
  };
}

interface Around {
  readonly boundary?: Holder["boundary"];
  readonly unknown?: Holder["unknown"];
  readonly isPrincipal?: boolean;
  readonly accounts?: readonly string[];
}

/** What a check says of documents that belong together. What is known is judged whatever else there may be. */
function* judged(check: Check, documents: readonly PolicyDocument[], around: Around): Generator<Found> {
  const { known, subject } = prepared(documents, around);
  if (subject) for (const fault of check.judge(subject)) yield found(check, fault, known, around);
  for (const { unknown, resource } of documents) if (unknown) yield { unknown, resource };
  yield* around.unknown ?? [];
}

interface Prepared {
  readonly known: readonly PolicyDocument[];
  readonly subject?: Subject;
}

/** What a holder's documents say is asked by every check of identities. */
const held = new WeakMap<readonly PolicyDocument[], Prepared>();

function prepared(documents: readonly PolicyDocument[], around: Around): Prepared {
  const found = held.get(documents);
  if (found) return found;
  const known = documents.filter(isKnown);
  const [first] = known;
  const made = { known, ...(first && { subject: subjectOf(first.kind, known, around) }) };
  if (first?.kind === "identity") held.set(documents, made);
  return made;
}

function found(check: Check, fault: Fault, documents: readonly PolicyDocument[], around: Around): Found {
  const { boundary, unknown = [], isPrincipal } = around;
  const { from, statement } = sourceOf(fault.statement, documents);
  const { resource, path } = from;
  const said = `${path}${statement && ` statement ${statement}`}: ${fault.message}`;
  const level = fault.level ?? check.level;
  if (level === "undecided") return { undecided: said, resource };
  if (boundary && "outside" in boundary) {
    return { undecided: `${said}, unless the boundary refuses it, which is ${boundary.outside}`, resource };
  }
  if (isPrincipal === false && unknown.length > 0) {
    return { undecided: `${said}, unless its holder is refused it, which is not known before the update`, resource };
  }
  return { found: said, resource, level };
}

/** A description as it goes on in the middle of a text. */
function sentence(description: string): string {
  const text = description.replace(/\.$/, "");
  return /^[A-Z][a-z]*\b/.test(text) && !/^(?:GitHub|AWS)/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
