import { randomBytes } from "node:crypto";
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ListenerSpec, RuleSpec } from "./balancer-spec.ts";
import type { TargetGroup } from "./target-group.ts";
import { tokenPasses, type IssuerKeys } from "./token-rule.ts";

export interface LoadBalancerOptions {
  listener: ListenerSpec;
  /** Target groups by ARN. */
  groups: ReadonlyMap<string, TargetGroup>;
  keys: IssuerKeys;
  /** Chooses between the groups of a rule: a number in [0, 1). Defaults to `Math.random`. */
  draw?: () => number;
}

/** Headers that belong to one connection and not to the request. */
const ofConnection = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te"]);

/** One listener of an application load balancer: rules in their order, tokens looked at, requests spread over healthy targets. */
export class LocalLoadBalancer {
  readonly #options: LoadBalancerOptions;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #server: Server;

  private constructor(options: LoadBalancerOptions) {
    this.#options = options;
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
    const { listener, groups, keys } = this.#options;
    const [path = "/"] = (from.url ?? "/").split("?");
    const rule = listener.rules.find(({ matches }) => matches(from.method ?? "GET", path));
    if (!rule) return answer(to, listener.defaultStatus, listener.defaultBody);
    if (rule.token && !(await tokenPasses(rule.token, from.headers.authorization, keys))) {
      return answer(to, 401, "", { "www-authenticate": "Bearer" });
    }
    const group = groups.get(this.#chosen(rule));
    const served = await group?.withTarget(async ({ port }) => {
      await this.#pass(from, to, port);
      return true;
    });
    if (!served) answer(to, 503, "no registered targets");
  }

  #chosen({ shares }: RuleSpec): string {
    const total = shares.reduce((sum, { weight }) => sum + weight, 0);
    let left = (this.#options.draw ?? Math.random)() * total;
    return (shares.find(({ weight }) => (left -= weight) < 0) ?? shares[0]!).arn;
  }

  /** Passes the request on and the answer back; resolves when both are through. A target that breaks off is 502. */
  #pass(from: IncomingMessage, to: ServerResponse, port: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const headers = forwarded(from);
    const asked = request({
      port,
      host: "127.0.0.1",
      method: from.method,
      path: from.url,
      headers,
      agent: this.#agent,
    });
    asked.on("response", (answered) => {
      to.writeHead(answered.statusCode ?? 502, without(answered.rawHeaders));
      answered.on("error", () => to.destroy()).pipe(to);
    });
    asked.on("error", () => {
      if (!to.headersSent) answer(to, 502, "Bad Gateway");
      else to.destroy();
    });
    to.once("close", resolve);
    from.pipe(asked);
    return promise;
  }
}

/** The request's headers as a load balancer sends them on: whence it came, and the trace it belongs to. */
function forwarded(from: IncomingMessage): string[] {
  const source = (from.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const given = from.headers["x-forwarded-for"];
  const headers = without(from.rawHeaders, new Set(["x-forwarded-for", "x-forwarded-proto", "x-forwarded-port"]));
  headers.push("x-forwarded-for", given ? `${String(given)}, ${source}` : source);
  headers.push("x-forwarded-proto", "http", "x-forwarded-port", String(from.socket.localPort));
  if (!from.headers["x-amzn-trace-id"]) headers.push("x-amzn-trace-id", newTrace());
  return headers;
}

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
