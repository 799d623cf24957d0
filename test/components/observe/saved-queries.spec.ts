import assert from "node:assert/strict";
import { accessLogFormat } from "../../../components/api/access-log.ts";
import { SavedQueries } from "../../../components/observe/saved-queries.ts";
import { graph, inputsOf } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";

const accessLogGroup = "/aws/apigateway/slipway-test-api/access";
const serviceLogGroups = ["/aws/lambda/slipway-test-patients", "/aws/lambda/slipway-test-appointments"];
const build = async (preview = false) =>
  (await graph(() => void new SavedQueries("queries", { place, accessLogGroup, serviceLogGroups }), { preview })).nodes;
const queries = async () => inputsOf(await build(), "aws:cloudwatch/queryDefinition:QueryDefinition");

describe("SavedQueries", () => {
  it("asks each question of the logs that know the answer", async () => {
    const asked = Object.fromEntries((await queries()).map(({ name, logGroupNames }) => [name, logGroupNames]));
    const all = [accessLogGroup, ...serviceLogGroups];
    assert.deepEqual(asked, {
      "slipway/test/errors": serviceLogGroups,
      "slipway/test/failed-requests": [accessLogGroup],
      "slipway/test/refused-requests": [accessLogGroup],
      "slipway/test/slow-requests": [accessLogGroup],
      "slipway/test/latency-by-route": [accessLogGroup],
      "slipway/test/one-request": all,
      "slipway/test/one-trace": all,
    });
  });

  it("asks the access log only for what the API writes", async () => {
    const written = Object.keys(JSON.parse(accessLogFormat));
    const words = (text: string) => text.replace(/^fields @timestamp, /, "").split(", ");
    const fields = (await queries())
      .filter(({ logGroupNames }) => logGroupNames.length === 1)
      .flatMap(({ queryString }) => queryString.split("\n| ").filter((line: string) => line.startsWith("fields")))
      .flatMap(words);
    assert.deepEqual(
      fields.filter((field) => !written.includes(field)),
      [],
    );
    assert.ok(fields.includes("traceId") && fields.includes("requestId"));
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await build(true)), outline(await build()));
  });
});
