/** One statement of a policy document: exact actions on exact resources. */
export interface Statement {
  /** Names the statement for readers and findings: letters and digits only. */
  sid: string;
  /** Defaults to Allow. */
  effect?: "Allow" | "Deny";
  /** Actions, `service:Action`. */
  actions: readonly string[];
  /** ARNs; left out only in a trust policy, where the role itself is the resource. */
  resources?: readonly string[];
  /** Service principals or ARNs, for trust and resource policies. */
  principals?: { Service?: string | readonly string[]; AWS?: string | readonly string[]; Federated?: string };
  /** Operator, key, values. */
  conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The policy document of `statements`, as the JSON that AWS takes. Fails when there is none: AWS refuses an empty document. */
export function document(...statements: Statement[]): string {
  if (statements.length === 0) {
    throw new Error("a policy document needs at least one statement: leave the policy out instead");
  }
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map(rendered) });
}

/**
 * The trust policy of a role that only `service` may assume, for example `lambda.amazonaws.com`. Services that act for
 * others get `conditions` on the source account or ARN.
 */
export function assumableBy(service: string, conditions?: Statement["conditions"]): string {
  return document({ sid: "Assume", actions: ["sts:AssumeRole"], principals: { Service: service }, conditions });
}

function rendered({ sid, effect = "Allow", actions, resources, principals, conditions }: Statement) {
  return {
    Sid: sid,
    Effect: effect,
    ...(principals && { Principal: principals }),
    Action: actions,
    ...(resources && { Resource: resources }),
    ...(conditions && { Condition: conditions }),
  };
}
