import assert from "node:assert/strict";
import fc from "fast-check";
import { createLog, type Log } from "../../../../app/platform/telemetry/log.ts";
import { withEnvironment } from "../../clinic.ts";

/** The lines that `work` writes, in an environment with `variables`. */
function linesOf(work: (log: Log) => void, variables: Record<string, string> = {}): Record<string, unknown>[] {
  const restore = withEnvironment({ POWERTOOLS_LOG_LEVEL: "INFO", ...variables });
  const lines: string[] = [];
  work(createLog("patients", (text) => lines.push(text)));
  restore();
  assert.ok(lines.every((line) => line.endsWith("}\n") && line.indexOf("\n") === line.length - 1));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("the log", () => {
  it("writes a line of JSON with level, time, service and the fields of its request", () => {
    const before = new Date().toISOString();
    const [line] = linesOf((log) => log.bound({ request_id: "r-1" }).warn("slow", { status: 200, none: undefined }));
    const { timestamp, ...rest } = line!;
    assert.deepEqual(rest, { level: "WARN", message: "slow", service: "patients", request_id: "r-1", status: 200 });
    assert.ok(before <= String(timestamp) && String(timestamp) <= new Date().toISOString());
  });

  it("names the version of its function, and the service by the environment", () => {
    const [line] = linesOf((log) => log.info("x"), { AWS_LAMBDA_FUNCTION_VERSION: "7", POWERTOOLS_SERVICE_NAME: "s" });
    assert.deepEqual([line!.function_version, line!.service], ["7", "s"]);
  });

  it("keeps requests that run at the same time apart", () => {
    const lines = linesOf((log) => {
      const [one, other] = [log.bound({ request_id: "1" }), log.bound({ request_id: "2" })];
      one.info("x");
      other.info("x", { caller: "c" });
      log.info("x");
    });
    assert.deepEqual(
      lines.map(({ request_id, caller }) => [request_id, caller]),
      [
        ["1", undefined],
        ["2", "c"],
        [undefined, undefined],
      ],
    );
  });

  it("holds any text", () => {
    const lines: string[] = [];
    const log = createLog("patients", (text) => lines.push(text));
    fc.assert(
      fc.property(anyText, anyText, (message, text) => {
        log.bound({ text }).error(message, { error: { message: text } });
        const line = JSON.parse(lines.pop()!);
        assert.deepEqual([line.message, line.text, line.error], [message, text, { message: text }].map(asJson));
      }),
    );
  });

  for (const [level, written] of Object.entries({
    DEBUG: ["DEBUG", "INFO", "WARN", "ERROR"],
    INFO: ["INFO", "WARN", "ERROR"],
    error: ["ERROR"],
    SILENT: [],
    nonsense: ["INFO", "WARN", "ERROR"],
  })) {
    it(`writes ${written.join(", ") || "nothing"} at level ${level}`, () => {
      const all = (log: Log) => (["debug", "info", "warn", "error"] as const).forEach((name) => log[name]("x"));
      assert.deepEqual(
        linesOf(all, { POWERTOOLS_LOG_LEVEL: level }).map((line) => line.level),
        written,
      );
    });
  }
});

/** Any characters and halves of some: the library's own arbitrary for them lists all of Unicode first, which takes a second. */
const anyText = fc.array(fc.nat(0x10ffff)).map((points) => String.fromCodePoint(...points));

/** Half a character of Unicode stays what JSON makes of it. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
