import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { catalogue } from "../data/catalogue.ts";
import type { ActionSet } from "./actions.ts";

/** By condition key, then by service: the places of the actions whose requests carry it. */
type Carried = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

let carried: Carried | undefined;
const known = new Map<string, ActionSet | undefined>();

/**
 * The actions whose requests carry a service's own condition key, given in lower case; undefined where the data says nothing of the
 * key, or any request may carry it. Few documents have such keys, so the data is read when the first one does.
 */
export function carriersOf(key: string): ActionSet | undefined {
  if (!known.has(key)) known.set(key, found(key));
  return known.get(key);
}

function found(key: string): ActionSet | undefined {
  if (key.startsWith("aws:") || anywhere.has(key) || !catalogue.service(key.split(":")[0] ?? "")) return undefined;
  const file = new URL("../data/action-keys.json.gz", import.meta.url);
  carried ??= JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Carried;
  const services = carried[nameOf(key, carried)];
  if (!services) return undefined;
  const places = Object.entries(services).flatMap(([prefix, some]) => {
    const first = catalogue.service(prefix)?.first;
    return first === undefined ? [] : some.map((place) => first + place);
  });
  return Uint16Array.from(places).sort();
}

/** The key without what its user chooses: the name of a tag, a part of an encryption context. */
function nameOf(key: string, data: Carried): string {
  const plain = key.split("/")[0] ?? key;
  const parts = plain.split(":");
  return Object.hasOwn(data, plain) ? plain : parts.slice(0, 2).join(":");
}

/** Keys that come from the caller's credentials, whatever is called. */
const anywhere = new Set([
  "ec2:sourceinstancearn",
  "ec2:roledelivery",
  "ssm:sourceinstancearn",
  "lambda:sourcefunctionarn",
  "glue:roleassumedby",
  "glue:credentialissuingservice",
  "identitystore:userid",
]);
