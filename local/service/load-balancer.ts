import { randomBytes } from "node:crypto";
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ListenerSpec } from "./balancer-spec.ts";
import { groupFor, RuleTable } from "./rule-table.ts";
import type { Target, TargetGroup } from "./target-group.ts";
import { tokenPasses, type IssuerKeys } from "./token-rule.ts";

export interface LoadBalancerOptions {
  listener: ListenerSpec;
  /** Target groups by ARN. */
  groups: ReadonlyMap<string, TargetGroup>;
  keys: IssuerKeys;
  /** The weights of its rules. Defaults to those they begin with. */
  weights?: RuleTable;
  /** Told of each request that a target was found for. */
  onServed?: (served: Served) => void;
  /** Chooses between the groups of a rule: a number in [0, 1). Defaults to `Math.random`. */
  draw?: () => number;
}

/** A request that went to a target, as a load balancer counts it. */
export interface Served {
  groupArn: string;
  target: Target;
  /** Value of the `X-Amzn-Trace-Id` header that the target got. */
  traceId: string;
  /** What the target answered, and after how many seconds; undefined where it broke off. */
  answer?: { status: number; seconds: number };
}

/** Headers that belong to one connection and not to the request. */
const ofConnection = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te"]);

/** One listener of an application load balancer: rules in their order, tokens looked at, requests spread over healthy targets. */
export class LocalLoadBalancer {
  readonly #options: LoadBalancerOptions;
  readonly #weights: RuleTable;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #server: Server;

  private constructor(options: LoadBalancerOptions) {
    this.#options = options;
    this.#weights = options.weights ?? new RuleTable([options.listener]);
    // As long as a load balancer keeps its idle connections.
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (from, to) => void this.#serve(from, to));
  }

  /** Listens on a free port of the loopback. */
  static async start(options: LoadBalancerOptions): Promise<LocalLoadBalancer> {
    const balancer = new LocalLoadBalancer(options);
    await new Promise<void>((resolve) => balancer.#server.listen(0, "127.0.0.1", resolve));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
    this.#agent.destroy();
  }

  async #serve(from: IncomingMessage, to: ServerResponse): Promise<void> {
    from.on("error", () => undefined);
    to.on("error", () => undefined);
    const { listener, groups, keys, draw = Math.random } = this.#options;
    const [path = "/"] = (from.url ?? "/").split("?");
    const rule = listener.rules.find(({ matches }) => matches(from.method ?? "GET", path));
    if (!rule) return answer(to, listener.defaultStatus, listener.defaultBody);
    if (rule.token && !(await tokenPasses(rule.token, from.headers.authorization, keys))) {
      return answer(to, 401, "", { "www-authenticate": "Bearer" });
    }
    const groupArn = groupFor(this.#weights.find(rule.arn), draw()) ?? "";
    const served = await groups.get(groupArn)?.withTarget(async (target) => {
      await this.#pass(from, to, { groupArn, target });
      return true;
    });
    if (!served) answer(to, 503, "no registered targets");
  }

  /** Passes the request on and the answer back; resolves when both are through. A target that breaks off is 502. */
  #pass(from: IncomingMessage, to: ServerResponse, chosen: Pick<Served, "groupArn" | "target">): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { onServed } = this.#options;
    const traceId = String(from.headers["x-amzn-trace-id"] ?? newTrace());
    const headers = [...forwarded(from), "x-amzn-trace-id", traceId];
    const begun = performance.now();
    const counted = (answer?: Served["answer"]) => onServed?.({ ...chosen, traceId, answer });
    const asked = request({
      port: chosen.target.port,
      host: "127.0.0.1",
      method: from.method,
      path: from.url,
      headers,
      agent: this.#agent,
    });
    asked.on("response", (answered) => {
      const { statusCode: status = 502 } = answered;
      counted({ status, seconds: (performance.now() - begun) / 1000 });
      to.writeHead(status, without(answered.rawHeaders));
      answered.on("error", () => to.destroy()).pipe(to);
    });
    asked.on("error", () => {
      if (to.headersSent) return void to.destroy();
      counted();
      answer(to, 502, "Bad Gateway");
    });
    to.once("close", resolve);
    from.pipe(asked);
    return promise;
  }
}

/** The request's headers as a load balancer sends them on, but the trace it belongs to: whence it came. */
function forwarded(from: IncomingMessage): string[] {
  const source = (from.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const given = from.headers["x-forwarded-for"];
  const headers = without(from.rawHeaders, setHere);
  headers.push("x-forwarded-for", given ? `${String(given)}, ${source}` : source);
  headers.push("x-forwarded-proto", "http", "x-forwarded-port", String(from.socket.localPort));
  return headers;
}

const setHere = new Set(["x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "x-amzn-trace-id"]);

function without(raw: string[], more: ReadonlySet<string> = new Set()): string[] {
  const kept: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    if (!ofConnection.has(name) && !more.has(name)) kept.push(raw[i]!, raw[i + 1]!);
  }
  return kept;
}

const newTrace = () => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString("hex")}`;
};

function answer(to: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  const type = body.startsWith("{") ? "application/json" : "text/plain";
  to.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body), ...headers }).end(body);
}
