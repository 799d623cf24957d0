import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { userPoolApi } from "./api/protocol.ts";
import { discovery, userInfo } from "./oauth/discovery.ts";
import { hostedPages } from "./oauth/pages.ts";
import { tokenEndpoints } from "./oauth/token.ts";
import type { Pools } from "./pool.ts";

const maxBodyBytes = 64 * 1024;

/**
 * Everything behind one address, where AWS has two: the user pool API of `cognito-idp.<region>`, and the OAuth endpoints
 * and pages of the pool's domain. A request's client id tells which pool it is for.
 */
export function identityApp(pools: Pools, url: () => string): Hono {
  const app = new Hono();
  // A web page can point a name of its own at the loopback address, and would then count as our own page.
  app.use(async (c, next) => {
    const misdirected = isLoopback(url()) && !isLoopback(c.req.url);
    return misdirected ? c.text(`unknown host, use ${url()}`, 421) : next();
  });
  app.use(bodyLimit({ maxSize: maxBodyBytes }));
  // Pages of the app's own origin exchange codes and read keys; the sign-in pages themselves are for no script.
  for (const path of ["/oauth2/token", "/oauth2/revoke", "/oauth2/userInfo", "/:poolId/.well-known/*"]) {
    app.use(path, cors({ origin: "*", allowHeaders: ["Authorization", "Content-Type"] }));
  }
  app.route("/oauth2", tokenEndpoints(pools));
  app.on(["GET", "POST"], "/oauth2/userInfo", (c) => userInfo(pools, c));
  app.route("/", hostedPages(pools));
  app.route("/", discovery(pools, url));
  app.route("/", userPoolApi(pools));
  app.onError((error, c) => ("getResponse" in error ? error.getResponse() : c.json({ error: "server_error" }, 500)));
  return app;
}

const isLoopback = (url: string) => /^(127(\.\d+){3}|\[::1\]|([\w-]+\.)*localhost)$/.test(new URL(url).hostname);
