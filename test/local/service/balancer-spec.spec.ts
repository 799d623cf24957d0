import assert from "node:assert/strict";
import type { Node } from "../../../local/graph.ts";
import { readListeners } from "../../../local/service/balancer-spec.ts";

const node = (type: string, inputs: object, outputs: object = {}): Node => ({
  ...{ type, name: "patients-1", inputs, secretInputs: [], id: "", outputs, options: {} },
});
const listener = node(
  "aws:lb/listener:Listener",
  { defaultActions: [{ type: "fixed-response" }] },
  { arn: "arn:front" },
);
const forward = { type: "forward", targetGroupArn: "arn:blue" };
const paths = { pathPattern: { values: ["/patients", "/patients/*"] } };
const methods = { httpRequestMethod: { values: ["GET"] } };

const ruleOf = (inputs: object) => {
  const rule = { listenerArn: "arn:front", priority: 1, conditions: [paths], actions: [forward], ...inputs };
  return readListeners([listener, node("aws:lb/listenerRule:ListenerRule", rule)])[0]!.rules[0]!;
};

describe("the rules of a load balancer on this machine", () => {
  const asked: [method: string, path: string][] = [
    ["GET", "/patients"],
    ["GET", "/patients/1"],
    ["POST", "/patients"],
    ["GET", "/appointments"],
  ];
  const answers = (inputs: object) => asked.map(([method, path]) => ruleOf(inputs).matches(method, path));

  it("ask for all their conditions, whether in one or in several", () => {
    assert.deepEqual(answers({}), [true, true, true, false]);
    assert.deepEqual(answers({ conditions: [paths, methods] }), [true, true, false, false]);
    assert.deepEqual(answers({ conditions: [{ ...paths, ...methods }] }), [true, true, false, false]);
    const exact = { pathPattern: { values: ["/patients"] } };
    assert.deepEqual(answers({ conditions: [paths, exact] }), [true, false, true, false]);
  });

  for (const [title, inputs, message] of [
    ["a source", { conditions: [paths, { sourceIp: { values: ["10.0.0.0/8"] } }] }, /the condition sourceIp/],
    ["a header", { conditions: [{ httpHeader: { httpHeaderName: "x", values: ["1"] } }] }, /the condition httpHeader/],
    [
      "a pattern of another kind",
      { conditions: [{ pathPattern: { regexValues: ["^/a"] } }] },
      /the condition pathPattern.regexValues/,
    ],
    ["another way to sign in", { actions: [{ type: "authenticate-oidc" }, forward] }, /the action authenticate-oidc/],
    ["a rewritten path", { transforms: [{ type: "url-rewrite" }] }, /has transforms/],
  ] as const) {
    it(`fail on ${title}, which they would pass over`, () => {
      assert.throws(() => ruleOf(inputs), message);
    });
  }
});
