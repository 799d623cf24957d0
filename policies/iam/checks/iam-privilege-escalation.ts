import { escalations, type Escalation } from "../../data/escalations.ts";
import type { Action } from "../../data/catalogue.ts";
import { type Check, type Fault, type Subject } from "../check.ts";
import { accessTo, type Access } from "../access.ts";
import { passRole } from "./iam-passrole-exact.ts";

/** How many ways one document is told: the first ones are enough to act on. */
const most = 12;

export const iamPrivilegeEscalation: Check = {
  id: "iam-privilege-escalation",
  kinds: ["identity"],
  level: "mandatory",
  description: "No set of actions lets its holder take over somebody with more rights.",
  fix: "drop one action of the set, or hold it to resources that carry no more rights than the holder",
  *judge(subject) {
    const access = accessTo(subject);
    const faults = { mandatory: [] as Fault[], undecided: [] as Fault[], advisory: [] as Fault[] };
    for (const escalation of escalations()) {
      const fault = judged(escalation, access, subject);
      if (fault) faults[fault.level ?? "mandatory"].push(fault);
    }
    for (const level of ["mandatory", "undecided", "advisory"] as const) yield* faults[level].slice(0, most);
    const more = faults.mandatory.length - most;
    if (more > 0) yield { statement: "", message: `${more} more ways to take over somebody with more rights` };
  },
};

function judged(
  escalation: Escalation,
  access: (action: Action) => Access | undefined,
  { kind }: Subject,
): Fault | undefined {
  for (const way of escalation.alternatives) {
    const found: Access[] = [];
    for (const action of way) {
      const one = action === passRole() ? access(action)?.passing(escalation.passedToService) : access(action);
      if (!one) break;
      found.push(one);
    }
    if (found.length < way.length || kind !== "identity") continue;
    const level = levelOf(escalation, found, found[way.indexOf(passRole())]);
    if (level === undefined) return undefined;
    const names = way.map(({ name }) => name).join(" + ");
    return {
      level,
      statement: (found[0] as Access).statement,
      message: `${escalation.id} (${names}): ${escalation.description}`,
    };
  }
  return undefined;
}

/**
 * What is open is mandatory. What is named is, when the target itself gains rights or hands out credentials; a named role,
 * function or host may be the holder's own tool, and only the stack knows.
 */
function levelOf(
  { category, needsExistingTarget, alternatives }: Escalation,
  found: readonly Access[],
  passed: Access | undefined,
): Fault["level"] {
  if (found.some(({ unclear }) => unclear)) return "undecided";
  const held = found.some(({ narrowed }) => narrowed);
  const open = found.every(({ open }) => open);
  if (category === "new-passrole") return passed?.open ? "mandatory" : "advisory";
  if (held) return "advisory";
  if (category === "self-escalation" || category === "boundary-bypass")
    return needsExistingTarget && !open ? "advisory" : "mandatory";
  if (category === "principal-access") {
    if (found.some(({ self }) => self)) return undefined;
    const assumes = alternatives.every((way) => way.every(({ name }) => name === "sts:AssumeRole"));
    return open || !assumes ? "mandatory" : "advisory";
  }
  return open ? "mandatory" : "advisory";
}
