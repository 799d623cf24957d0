const kindOf = (segment: string) => (/^\{.+\+\}$/.test(segment) ? 2 : /^\{.+\}$/.test(segment) ? 1 : 0);

/** A match of a request's path: the resource and its path parameters, not decoded, as API Gateway passes them on. */
export interface PathMatch {
  path: string;
  pathParameters: Record<string, string>;
}

/** Finds the resource for a path: static segments before `{parameters}` before greedy `{rest+}`, compared from the left. */
export function pathMatcher(paths: string[]): (path: string) => PathMatch | undefined {
  const templates = paths
    .map((path) => ({ path, segments: segmentsOf(path) }))
    .sort((a, b) => bySpecificity(a.segments, b.segments));
  return (path) => {
    const segments = segmentsOf(path);
    for (const template of templates) {
      const pathParameters = matchOne(template.segments, segments);
      if (pathParameters) return { path: template.path, pathParameters };
    }
    return undefined;
  };
}

/** A slash at the end names the same resource. */
function segmentsOf(path: string): string[] {
  return path.replace(/^\/|\/$/g, "").split("/");
}

function bySpecificity(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const difference = kindOf(a[i]!) - kindOf(b[i]!);
    if (difference !== 0) return difference;
  }
  return b.length - a.length;
}

function matchOne(template: string[], segments: string[]): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const [i, part] of template.entries()) {
    const value = segments[i];
    if (kindOf(part) === 2) {
      found[part.slice(1, -2)] = segments.slice(i).join("/");
      return value ? found : undefined;
    }
    if (kindOf(part) === 1) {
      if (!value) return undefined;
      found[part.slice(1, -1)] = value;
    } else if (value !== part) {
      return undefined;
    }
  }
  return template.length === segments.length ? found : undefined;
}
