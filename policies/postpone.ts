import { createRequire } from "node:module";

/**
 * Has a CommonJS module that `asker` requires read only when somebody asks it for something. Does nothing when there is no such
 * module, or when it has been read.
 */
export function postpone(name: string, asker: string): void {
  const ask = createRequire(asker);
  const filename = resolved(name, ask);
  if (filename === undefined || ask.cache[filename]) return;
  let real: object | undefined;
  const read = (): object => {
    if (real === undefined) {
      delete ask.cache[filename];
      real = ask(filename) as object;
    }
    return real;
  };
  // What TypeScript has compiled asks for the members of a module like this one, and for the module itself as `default`.
  const exports: unknown = new Proxy(function postponed() {}, {
    get: (_, key) => (key === "__esModule" ? true : key === "default" ? read() : (Reflect.get(read(), key) as unknown)),
    construct: (_, given: unknown[]) => Reflect.construct(read() as new () => object, given),
  });
  ask.cache[filename] = {
    id: filename,
    filename,
    loaded: true,
    exports,
    children: [],
    paths: [],
  } as unknown as NodeJS.Module;
}

function resolved(name: string, ask: NodeJS.Require): string | undefined {
  try {
    return ask.resolve(name);
  } catch {
    return undefined;
  }
}
