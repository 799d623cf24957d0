import assert from "node:assert/strict";
import { curlLines, userLines } from "../../local/invitation.ts";
import { Browser } from "./identity/browser.ts";
import { bench, callback, nodes, stopBenches } from "./identity/fixture.ts";

const api = "http://127.0.0.1:8080";
const without = (name: string) => nodes().filter(({ id, type }) => id !== name && !type.endsWith(`:${name}`));

describe("what npm start invites to", () => {
  after(stopBenches);

  it("is a page on which the user it names signs in", async () => {
    const { identity } = await bench(nodes());
    const [user, page] = await userLines(identity);
    const [, username = "", password = ""] = /^user +(\S+) with password (\S+)$/.exec(user!)!;
    const [, url = "", back = ""] = /^pages +(\S+)\n +and then back to (\S+) with a code$/.exec(page!)!;
    const browser = new Browser(identity.url);
    await browser.get(url.replace(identity.url, ""));
    const { location } = await browser.submit({ username, password });
    assert.match(location!, /^https:\/\/clinic\.example\/signed-in\?code=/);
    assert.equal(back, callback);
  });

  it("is no user where no client signs people in", async () => {
    const { identity } = await bench(without("browser"));
    assert.deepEqual(await userLines(identity), []);
    const withoutDomain = await bench(without("UserPoolDomain"));
    assert.deepEqual(await userLines(withoutDomain.identity), []);
  });

  it("is a request with a token, and one for the next token", async () => {
    const { identity } = await bench(nodes());
    const [first, , second] = await curlLines(api, identity, {});
    assert.match(
      first!,
      /^curl -H "Authorization: Bearer [\w-]+\.[\w-]+\.[\w-]+" http:\/\/127\.0\.0\.1:8080\/patients\n$/,
    );
    const [, user = "", body = "", url = ""] = /^curl -u (\S+) -d (\S+) (\S+)$/.exec(second!)!;
    const headers = { authorization: `Basic ${Buffer.from(user).toString("base64")}` };
    const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(body) });
    assert.equal(answer.status, 200);
  });

  it("is a request without a token where no client gets one", async () => {
    const { identity } = await bench(without("machine"));
    assert.deepEqual(await curlLines(api, identity, {}), [`curl ${api}/patients`]);
  });

  it("goes past a proxy that curl would ask", async () => {
    const { identity } = await bench(without("machine"));
    for (const name of ["http_proxy", "all_proxy", "ALL_PROXY"]) {
      const asked = { [name]: "http://proxy.example:3128" };
      assert.deepEqual(await curlLines(api, identity, asked), [`curl --noproxy "*" ${api}/patients`]);
    }
    const [line] = await curlLines(api, identity, { HTTP_PROXY: "http://proxy.example:3128", https_proxy: "x" });
    assert.equal(line, `curl ${api}/patients`);
  });
});
