/** Members that say the same in every line of a service, or what the terminal shows anyway. */
const constant = new Set(["level", "message", "timestamp", "service", "cold_start", "sampling_rate"]);

/**
 * What a terminal shows of a line that a function wrote: warnings, errors and what is no JSON. The other lines tell of requests,
 * which have a line each already. Undefined when it shows nothing.
 */
export function readableLine(line: string): string | undefined {
  const entry = line.startsWith("{") ? parsed(line) : undefined;
  if (!entry) return line.trim() === "" ? undefined : line;
  const { errorType, errorMessage, trace, level, message } = entry;
  if (errorType !== undefined && level === undefined) return `${errorType}: ${errorMessage}${whereIn(trace)}`;
  if (!/^(WARN|ERROR|FATAL|CRITICAL)$/i.test(String(level))) return undefined;
  const rest = Object.entries(entry).filter(([name, value]) => !constant.has(name) && value !== undefined);
  return [level, message, ...(rest.length > 0 ? [JSON.stringify(Object.fromEntries(rest))] : [])].join(" ");
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** The first places of a stack that are the service's own. */
function whereIn(trace: unknown): string {
  if (!Array.isArray(trace)) return "";
  const own = trace.filter((frame) => /^ +at /.test(String(frame)) && !/node:|node_modules/.test(String(frame)));
  return own
    .slice(0, 3)
    .map((frame) => `\n${String(frame)}`)
    .join("");
}
