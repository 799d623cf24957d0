import type { Accepted } from "../accepted.ts";
import type { Mutant } from "./mutants.ts";

/** Keys that AWS puts into every request, by its list of global condition keys. */
const always = ["aws:SecureTransport", "aws:CurrentTime", "aws:RequestedRegion", "aws:ViaAWSService"];

/** Why some mutants give nothing more: found by reading what AWS says, and not by asking the code under test. */
export const equals: readonly { readonly why: string; readonly is: (mutant: Mutant, one: Accepted) => boolean }[] = [
  {
    why: "a key that every request carries is never absent, and that is all that IfExists and ForAllValues let pass",
    is: ({ kind, what }) => kind.endsWith(" added") && always.some((key) => what.endsWith(` ${key}`)),
  },
  {
    why: "rds-db has no action but connect",
    is: ({ kind, what }) => kind === "action to service:*" && what.startsWith("rds-db:"),
  },
  {
    why: "a Deny takes all but a place within the former resource",
    is: ({ what }, { name }) => name === "reads only in one place" && what.startsWith("arn:aws:s3:::orders-inbox/* "),
  },
];
