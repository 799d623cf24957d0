import { readFileSync } from "node:fs";
import { catalogue, type Action } from "./catalogue.ts";

/** A set of actions that lets its holder become somebody with more rights. */
export interface Escalation {
  readonly id: string;
  /** All of them are needed. Other ways to the same end, where there are some, are alternatives. */
  readonly alternatives: readonly (readonly Action[])[];
  readonly description: string;
  readonly category:
    | "boundary-bypass"
    | "existing-passrole"
    | "identity-center"
    | "new-passrole"
    | "principal-access"
    | "resource-policy-takeover"
    | "self-escalation";
  /** Whether it takes a role, function or host that has the rights already. */
  readonly needsExistingTarget: boolean;
  /** The service that gets the role, where one is passed. */
  readonly passedToService?: string;
  /** Who described it: keys are explained in `escalations.json`'s licence note. */
  readonly sources: readonly string[];
}

type Raw = Omit<Escalation, "alternatives"> & { actions: string[]; anyOf?: string[][] };

let loaded: readonly Escalation[] | undefined;

/** The catalogue of escalations, read at first use. */
export function escalations(): readonly Escalation[] {
  loaded ??= (JSON.parse(readFileSync(new URL("escalations.json", import.meta.url), "utf8")) as Raw[]).map(read);
  return loaded;
}

function read({ actions, anyOf, ...rest }: Raw): Escalation {
  const passes = actions.includes("iam:PassRole") ? ["iam:PassRole"] : [];
  const ways = anyOf ? anyOf.map((way) => [...new Set([...passes, ...way])]) : [actions];
  const known = ways.map((way) => way.map((name) => catalogue.find(name)));
  return { ...rest, alternatives: known.filter((way): way is Action[] => way.every((action) => action !== undefined)) };
}
