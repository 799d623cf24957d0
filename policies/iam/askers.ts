import type { Statement } from "./document.ts";
import type { Group } from "./inclusion.ts";
import { accountOf, isAccount, type Principal, type Principals } from "./principal.ts";

/** Somebody whom no document names. */
const stranger: Principal = { type: "AWS", value: "\u{e0fe}stranger" };

/** The question of a group, once for each of those whom the grant names that the other statements tell apart. */
export function byAsker(group: Group): Group[] {
  const { grant, taken, within, missing } = group;
  const own = grant.statement.principals;
  const others = [...taken, ...within, ...missing].map(({ statement }) => statement);
  if (own === undefined && others.every(({ principals }) => principals === undefined)) return [group];
  const found = new Map<string, Group>();
  for (const asker of own === undefined ? [undefined] : askers(own, others)) {
    const about = ({ statement }: { readonly statement: Statement }) => isAbout(statement, asker);
    const key = others.map((statement) => isAbout(statement, asker)).join();
    if (found.has(key)) continue;
    const part = { taken: taken.filter(about), within: within.filter(about), missing: missing.filter(about) };
    found.set(key, { grant, ...part });
  }
  return [...found.values()];
}

/** Those whom a statement names; where it names everybody, or all but some, those whom the others name, and strangers. */
function askers(own: Principals, others: readonly Statement[]): Principal[] {
  const { list, except } = own;
  if (!except && !list.some(({ type }) => type === "Any")) return [...list];
  const known = others.flatMap(({ principals }) => principals?.list ?? []).filter(({ type }) => type !== "Any");
  const homes = new Set(known.flatMap(({ value }) => (isAccount(value) ? [accountOf(value)] : [])));
  const neighbours = [...homes].map((account): Principal => ({
    type: "AWS",
    value: `arn:aws:iam::${account}:role/${stranger.value}`,
  }));
  return [...known, ...neighbours, stranger].filter((one) => isNamed(own, one));
}

/** Whether a statement is about somebody. A Deny for an account is one for everybody in it; an Allow leaves it to the account. */
function isAbout({ principals, effect }: Statement, asker: Principal | undefined): boolean {
  if (principals === undefined || asker === undefined) return principals === asker;
  if (isNamed(principals, asker)) return true;
  if (effect === "Allow" || principals.except) return false;
  const account = asker.type === "AWS" ? accountOf(asker.value) : undefined;
  return account !== undefined && principals.list.some(({ value }) => isAccount(value) && accountOf(value) === account);
}

const isNamed = ({ list, except }: Principals, { type, value }: Principal): boolean =>
  list.some((one) => one.type === "Any" || (one.type === type && rooted(one.value) === rooted(value))) !== except;

/** An account's number means its root user, which means everybody its account lets. */
const rooted = (value: string): string => (isAccount(value) ? (accountOf(value) ?? value) : value);
