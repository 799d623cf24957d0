import type { StackRule } from "../../rule.ts";
import { covers, ledgerRule, type Ledger, type Waiver } from "../../waivers.ts";

const aYear = 366 * 24 * 60 * 60 * 1000;

export const rule: StackRule = {
  id: ledgerRule,
  topic: "exceptions",
  holds: "every written exception is needed, narrow, reasoned, owned and soon over",
  why: "Exceptions outlive their reasons: the one nobody needs any more is the one the next mistake hides behind.",
  fix: "mend or delete the entry in policies/waivers.ts",
  source: "NIST SP 800-53 CA-5, plan of action and milestones",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources, _options, ledger) {
    for (const waiver of ledger.waivers) {
      const about = `the exception from ${waiver.rule} for ${waiver.resource}`;
      for (const fault of faults(waiver, ledger)) yield `${about} ${fault}`;
      if (!isLive(waiver, ledger) || ledger.used.has(waiver) || waiver.someStacks) continue;
      // One about resources of another stack is not this one's business.
      if (!resources.some(({ name }) => covers(waiver.resource, name))) continue;
      yield `${about} is not needed by anything in this stack`;
    }
  },
};

const isLive = ({ expires }: Waiver, { today }: Ledger) =>
  expires >= today && Date.parse(expires) - Date.parse(today) <= aYear;

function* faults(waiver: Waiver, { rules, today }: Ledger): Generator<string> {
  if (waiver.rule === ledgerRule || !rules.includes(waiver.rule)) yield "names no rule that can be waived";
  if (waiver.resource.replaceAll("*", "").length < 3) yield "covers nearly everything";
  if (waiver.reason.trim().split(/\s+/).length < 4) yield "gives no reason";
  if (waiver.owner.trim() === "") yield "has no owner";
  const [end, now] = [Date.parse(waiver.expires), Date.parse(today)];
  if (!/^\d{4}-\d{2}-\d{2}$/.test(waiver.expires) || Number.isNaN(end)) yield "has no last day of the form YYYY-MM-DD";
  else if (waiver.expires < today) yield `expired on ${waiver.expires}`;
  else if (end - now > aYear) yield "lasts longer than a year";
}
