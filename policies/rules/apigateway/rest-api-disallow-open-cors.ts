import { entries, json, text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "apigateway-rest-api-disallow-open-cors",
  topic: "exposure",
  holds: "no answer lets every website use the visitor's credentials",
  why: "With credentials allowed for any origin, each site a signed-in person visits can read the API in their name.",
  fix: "list the origins that may call, or leave credentials out",
  source: "OWASP API Security 2023 API8",
  severity: "high",
  level: "mandatory",
  types: ["aws:apigateway/restApi:RestApi"],
  *check({ props }) {
    yield* openAnswers(json(props, "body"), "");
  },
};

// Headers are set in gateway responses and in integration responses; both are maps from a header's long name to its value,
// so every object of the document that sets the two headers together is one answer.
function* openAnswers(part: unknown, at: string): Generator<string> {
  const headers = new Map(
    entries(part).flatMap(([name, value]) => (typeof value === "string" ? [[lastWord(name), value]] : [])),
  );
  const origin = headers.get("access-control-allow-origin");
  if (isTrue(headers.get("access-control-allow-credentials")) && origin !== undefined && isOpen(origin)) {
    yield `${at || "the document"} allows credentials for every origin`;
  }
  for (const [name, inner] of entries(part)) {
    if (typeof inner === "object" && inner !== null) yield* openAnswers(inner, at ? `${at} ${name}` : name);
  }
}

const lastWord = (name: string) => name.slice(name.lastIndexOf(".") + 1).toLowerCase();
const isTrue = (value: unknown) => text(value)?.replaceAll("'", "").toLowerCase() === "true";

// Echoing the caller's own origin is as open as the asterisk, and passes where browsers refuse the asterisk.
const isOpen = (origin: string) =>
  origin.replaceAll("'", "") === "*" || /request\.header\.origin|params\(.?origin/i.test(origin);
