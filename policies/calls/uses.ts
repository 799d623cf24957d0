import { catalogue } from "../data/catalogue.ts";
import { harmless, libraries } from "./libraries.ts";
import { actionsOf, needed, type Needed } from "./operations.ts";
import { isClient, packageOf, type Packages } from "./packages.ts";

/** What using an export of a package means: calls, nothing, or something that cannot be told. */
export type Meaning = (Needed & { readonly call: string }) | { readonly unread: string } | undefined;

/** Tells which permissions the use of an export asks for. */
export function meaningOf({ from, name }: { from: string; name: string }, packages: Packages): Meaning {
  const owner = packageOf(from);
  const library = libraries[from] ?? libraries[owner];
  if (library) {
    const told = library[name];
    if (told === "" || isShape(name)) return undefined;
    return told === undefined ? { unread: `${name} of ${from}` } : { ...needed(told), call: `${name} of ${from}` };
  }
  if (harmless.includes(owner)) return undefined;
  if (owner.startsWith("@aws-sdk/client-")) return ofClient(owner, name, packages);
  if (owner.startsWith("@aws-sdk/") || isClient(owner) || packages.reachesAws(owner)) {
    return isShape(name) ? undefined : { unread: `${name === "*" ? "what is taken" : name} of ${from}` };
  }
  return undefined;
}

function ofClient(client: string, name: string, packages: Packages): Meaning {
  if (name === "*") return { unread: `what is taken of ${client}` };
  const operation = operationIn(client, name, packages);
  if (operation === undefined) return undefined;
  const prefix = prefixOf(packages.signingName(client) ?? "");
  const actions = prefix === undefined ? undefined : actionsOf(prefix, operation);
  const call = `${operation} of ${client}`;
  return actions ? { ...actions, call } : { unread: `${call}, whose permission is not known` };
}

/** The operation that an export of a client stands for; undefined for clients, errors and shapes. */
function operationIn(client: string, name: string, packages: Packages): string | undefined {
  const method = /^\w+\.(\w)(\w*)$/.exec(name);
  if (method) return existing(`${method[1]!.toUpperCase()}${method[2]}`);
  if (/^[A-Z]\w*Command$/.test(name)) return name.slice(0, -"Command".length);
  if (name.startsWith("paginate")) return name.slice("paginate".length);
  return /^wait(?:For|Until)[A-Z]/.test(name) ? (packages.waitsWith(client, name) ?? name) : undefined;

  function existing(operation: string) {
    return packages.hasOperation(client, operation) ? operation : undefined;
  }
}

/** Services whose requests are signed under another name than their IAM prefix. */
const renamed: Readonly<Record<string, string>> = {
  monitoring: "cloudwatch",
  iotdata: "iot",
  "iot-jobs-data": "iotjobsdata",
  tagging: "tag",
  email: "ses",
  "mturk-requester": "mechanicalturk",
};

function prefixOf(signingName: string): string | undefined {
  const prefix = renamed[signingName] ?? signingName;
  return catalogue.service(prefix)?.prefix;
}

/** Names by which packages give shapes and errors, which call nothing. */
const isShape = (name: string) => /(?:Exception|Error|Config|Input|Output)$/.test(name);
