/** What this machine calls itself. */
const loopback = ["127.0.0.1", "localhost"];

/**
 * Keeps what the machine says to itself away from the proxy that the environment names: the Pulumi runtime calls itself by gRPC while
 * a program with hooks is recorded, and would wait for a proxy's answer for ever; `fetch` asks the proxy, too, where NODE_USE_ENV_PROXY
 * is set. What was exempt stays so. gRPC reads `no_grpc_proxy` before `no_proxy` (http_proxy.js of @grpc/grpc-js), Node `no_proxy`
 * before `NO_PROXY`: the first one hides the others.
 */
export function exemptLoopback(env: NodeJS.ProcessEnv): void {
  const exempt = (held: string | undefined) => [...new Set([...(held?.split(",") ?? []), ...loopback])].join(",");
  const { no_grpc_proxy: ofGrpc, no_proxy: lower, NO_PROXY: upper } = env;
  env.no_proxy = exempt(lower || upper);
  env.NO_PROXY = exempt(upper || lower);
  if (ofGrpc) env.no_grpc_proxy = exempt(ofGrpc);
}

exemptLoopback(process.env);
