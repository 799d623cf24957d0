import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { generateKeyPair, exportJWK, SignJWT, type JSONWebKeySet, type CryptoKey } from "jose";
import { readHealth, readListeners } from "../../../local/service/balancer-spec.ts";
import { LocalLoadBalancer } from "../../../local/service/load-balancer.ts";
import { TargetGroup } from "../../../local/service/target-group.ts";
import { graph } from "../../../local/graph.ts";
import { FargateService } from "../../../components/service/fargate-service.ts";
import { LoadBalancer } from "../../../components/service/load-balancer.ts";
import { place } from "../../components/place.ts";
import { required } from "../../components/service/fixture.ts";
import { eventually } from "../../eventually.ts";

const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";

/** A service that says on which port it answered, and can be ill. */
async function target(): Promise<{ server: Server; port: number; ill: boolean }> {
  const made = { ill: false } as { server: Server; port: number; ill: boolean };
  // It never hangs up: a busy machine may keep a connection idle for long.
  made.server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    if (request.url === "/health/patients") return void response.writeHead(made.ill ? 503 : 200).end();
    if (request.url === "/patients/broken") return void request.socket.destroy();
    const { authorization, "x-forwarded-for": from, "x-amzn-trace-id": trace } = request.headers;
    response.writeHead(200, { "x-target": String(made.port) });
    response.end(JSON.stringify({ url: request.url, method: request.method, authorization, from, trace }));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => made.server.once("listening", resolve));
  made.port = (made.server.address() as AddressInfo).port;
  return made;
}

describe("the local load balancer", () => {
  let targets: Awaited<ReturnType<typeof target>>[];
  let group: TargetGroup;
  let balancer: LocalLoadBalancer;
  let key: CryptoKey;
  before(async () => {
    const pair = await generateKeyPair("RS256");
    key = pair.privateKey;
    const keys: JSONWebKeySet = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: "1", alg: "RS256" }] };
    const program = () => {
      const domain = { name: "api.example.com", zoneId: "Z1" };
      const loadBalancer = new LoadBalancer("front", {
        place,
        part: "front",
        vpcId: "vpc-1",
        subnetIds: [],
        public: true,
        domain,
      });
      const routes = [
        { paths: ["/patients", "/patients/*"], methods: ["GET"], scope: "clinic/patients.read" },
        { paths: ["/health/patients"], publicReason: "uptime checks carry no token" },
      ];
      new FargateService("patients", { ...required, loadBalancer, routes, tokenIssuer: issuer });
    };
    const { nodes } = await graph(program);
    const [listener] = readListeners(nodes);
    const { arn } = listener!.rules[0]!.shares[0]!;
    targets = await Promise.all([target(), target()]);
    group = new TargetGroup(readHealth(nodes, arn), 20);
    for (const one of targets) group.add(one);
    await eventually(() => group.states.every(({ state }) => state === "healthy"));
    balancer = await LocalLoadBalancer.start({
      listener: listener!,
      groups: new Map([[arn, group]]),
      keys: async () => keys,
      draw: () => 0,
    });
  });
  after(async () => {
    group.stop();
    await balancer.stop();
    for (const { server } of targets) server.close().closeAllConnections();
  });

  const token = (claims: object = {}, expires = "5m") =>
    new SignJWT({ token_use: "access", scope: "clinic/patients.read clinic/other", ...claims })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuer(issuer)
      .setExpirationTime(expires)
      .sign(key);
  const ask = async (path: string, bearer?: string, init: RequestInit = {}) =>
    fetch(`${balancer.url}${path}`, { ...init, headers: bearer ? { authorization: `Bearer ${bearer}` } : {} });

  it("spreads requests over its healthy targets and passes everything on", async () => {
    const bearer = await token();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask("/patients/1?a=b%20c", bearer)));
    const served = new Set(answers.map(({ headers }) => headers.get("x-target")));
    assert.deepEqual(served, new Set(targets.map(({ port }) => String(port))));
    const { url, authorization, from, trace } = (await answers[0]!.json()) as Record<string, string>;
    assert.deepEqual([url, authorization, from], ["/patients/1?a=b%20c", `Bearer ${bearer}`, "127.0.0.1"]);
    assert.match(trace!, /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  it("answers by its rules alone: 404 where none fits, no token where none is asked for", async () => {
    assert.equal((await ask("/elsewhere")).status, 404);
    assert.equal((await ask("/patients", await token(), { method: "POST" })).status, 404);
    assert.equal((await ask("/health/patients")).status, 200);
  });

  it("lets in exactly the access tokens with the scope of the path", async () => {
    const statuses = async (...tokens: (string | undefined)[]) =>
      Promise.all(tokens.map(async (one) => (await ask("/patients", one)).status));
    assert.deepEqual(await statuses(await token()), [200]);
    const { privateKey } = await generateKeyPair("RS256");
    const forged = await new SignJWT({ token_use: "access", scope: "clinic/patients.read" })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuer(issuer)
      .setExpirationTime("5m")
      .sign(privateKey);
    const refused = [
      ...[
        undefined,
        "nonsense",
        forged,
        await token({ token_use: "id" }),
        await token({ scope: "clinic/patients.reader" }),
      ],
      ...[await token({}, "-1m"), await token({ iss: "https://elsewhere" })].slice(0, 1),
    ];
    assert.deepEqual(
      await statuses(...refused),
      refused.map(() => 401),
    );
  });

  it("answers 502 when the target breaks off", async () => {
    assert.equal((await ask("/patients/broken", await token())).status, 502);
  });

  it("leaves out a target that is ill, until it is well again", async () => {
    const [ill, well] = targets as [(typeof targets)[0], (typeof targets)[0]];
    const bearer = await token();
    ill.ill = true;
    await eventually(() => group.states.some(({ port, state }) => port === ill.port && state === "unhealthy"));
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask("/patients", bearer)));
    assert.ok(answers.every(({ headers }) => headers.get("x-target") === String(well.port)));
    ill.ill = false;
    await eventually(() => group.states.every(({ state }) => state === "healthy"));
  });

  it("asks all targets when every one is ill, as AWS does, and answers 503 without any", async () => {
    const bearer = await token();
    for (const one of targets) one.ill = true;
    await eventually(() => group.states.every(({ state }) => state === "unhealthy"));
    assert.equal((await ask("/patients", bearer)).status, 200);
    for (const one of targets) group.remove(one);
    assert.equal((await ask("/patients", bearer)).status, 503);
  });
});
