import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import { Ajv } from "ajv";
import { gatewayResponses } from "../../../components/api/gateway-responses.ts";

const document = JSON.parse(readFileSync(new URL("../../../app/openapi.json", import.meta.url), "utf8"));
const operations = Object.values<Record<string, Operation>>(document.paths).flatMap((item) => Object.values(item));

interface Operation {
  operationId: string;
  security: object[];
  requestBody?: object;
  responses: Record<string, unknown>;
}
interface Answer {
  statusCode: string;
  responseTemplates: Record<string, string>;
}

const answers = Object.entries(gatewayResponses([])) as [string, Answer][];
const variables: Record<string, string> = { requestId: "request-1", "error.messageString": '"Too \\"many\\""' };
const bodyOf = ({ responseTemplates }: Answer) =>
  JSON.parse(responseTemplates["application/json"]!.replaceAll(/\$context\.([\w.]+)/g, (_, name) => variables[name]!));

describe("gatewayResponses", () => {
  const ajv = new Ajv({ strict: false }).addSchema(document, "openapi");

  for (const [type, answer] of answers) {
    it(`says for ${type} what the document promises of an error`, () => {
      const body = bodyOf(answer);
      assert.ok(ajv.validate("openapi#/components/schemas/Problem", body), ajv.errorsText());
      assert.equal(String(body.status), answer.statusCode);
      // Node still has the phrase of 413 from before RFC 9110.
      assert.equal(body.title, body.status === 413 ? "Content Too Large" : STATUS_CODES[body.status]);
    });
  }

  it("has an answer of its own for every type of API Gateway, so that each body knows its status", () => {
    // API reference, GatewayResponse, responseType.
    const types = `ACCESS_DENIED API_CONFIGURATION_ERROR AUTHORIZER_CONFIGURATION_ERROR AUTHORIZER_FAILURE BAD_REQUEST_BODY
      BAD_REQUEST_PARAMETERS DEFAULT_4XX DEFAULT_5XX EXPIRED_TOKEN INTEGRATION_FAILURE INTEGRATION_TIMEOUT INVALID_API_KEY
      INVALID_SIGNATURE MISSING_AUTHENTICATION_TOKEN QUOTA_EXCEEDED REQUEST_TOO_LARGE RESOURCE_NOT_FOUND THROTTLED UNAUTHORIZED
      UNSUPPORTED_MEDIA_TYPE WAF_FILTERED`;
    assert.deepEqual(
      answers.map(([type]) => type),
      types.split(/\s+/),
    );
  });

  it("answers nothing that the document does not tell clients of", () => {
    for (const { operationId, security, requestBody, responses } of operations) {
      const told = new Set(Object.keys(responses));
      const wanted = ["429", "500", "502", "504", ...(security.length > 0 ? ["400", "401", "403"] : [])];
      for (const status of [...wanted, ...(requestBody ? ["413", "415"] : [])])
        assert.ok(told.has(status), `${operationId} does not tell of ${status}`);
    }
  });
});
