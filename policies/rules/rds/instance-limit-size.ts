import { text, texts } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "rds-instance-limit-size",
  topic: "cost",
  holds: "a database is of a class the stack allows",
  why: "The class is most of the bill: from db.t4g.micro to db.r7g.4xlarge it grows a hundredfold.",
  fix: "choose an allowed instanceClass, or allow this one in the pack's configuration of the stack",
  source: "Amazon RDS pricing, on-demand instances",
  severity: "low",
  level: { dev: "mandatory", prod: "advisory" },
  options: {
    families: {
      type: "array",
      items: { type: "string" },
      default: ["db.t4g.", "db.m7g.", "db.m8g.", "db.r7g.", "db.r8g."],
      description: "Beginnings of the allowed instance classes.",
    },
  },
  types: ["aws:rds/instance:Instance"],
  *check({ props }, options) {
    const size = text(props, "instanceClass");
    if (size !== undefined && !texts(options, "families").some((family) => size.startsWith(family))) {
      yield `instanceClass is ${shown(size)}`;
    }
  },
};
