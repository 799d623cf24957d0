import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../names.ts";

export interface SavedQueriesArgs {
  place: Place;
  /** Log groups of the services: JSON lines with `level`, `message`, `request_id` and `trace_id`. */
  serviceLogGroups: readonly string[];
  /** The API's access log, as RestApi writes it. */
  accessLogGroup: string;
}

/** The questions that come first when something is wrong, saved in CloudWatch Logs Insights under `<project>/<stack>`. */
export class SavedQueries extends pulumi.ComponentResource {
  constructor(name: string, args: SavedQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:SavedQueries", name, {}, opts);
    const { place, accessLogGroup, serviceLogGroups } = args;

    for (const [question, { of, query }] of Object.entries(questions)) {
      const groups = {
        access: [accessLogGroup],
        services: serviceLogGroups,
        all: [accessLogGroup, ...serviceLogGroups],
      };
      new cloudwatch.QueryDefinition(
        `${name}-${question}`,
        {
          name: `${place.project}/${place.stack}/${question}`,
          logGroupNames: [...groups[of]],
          queryString: query.join("\n| "),
        },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}

const questions: Readonly<Record<string, { of: "access" | "services" | "all"; query: readonly string[] }>> = {
  errors: {
    of: "services",
    query: [
      'filter level = "ERROR" or level = "CRITICAL"',
      "fields @timestamp, service, message, request_id, trace_id",
      "sort @timestamp desc",
      "limit 100",
    ],
  },
  "failed-requests": {
    of: "access",
    query: [
      "filter status >= 500",
      "fields @timestamp, method, route, status, integrationError, errorType, requestId, traceId",
      "sort @timestamp desc",
      "limit 100",
    ],
  },
  "refused-requests": {
    of: "access",
    query: [
      "filter status >= 400 and status < 500",
      "stats count(*) as requests by route, status, authorizerError, clientId",
      "sort requests desc",
      "limit 50",
    ],
  },
  "slow-requests": {
    of: "access",
    query: [
      "filter latency > 1000",
      "fields @timestamp, method, route, latency, integrationLatency, requestId, traceId",
      "sort latency desc",
      "limit 100",
    ],
  },
  "latency-by-route": {
    of: "access",
    query: [
      "stats count(*) as requests, pct(latency, 50), pct(latency, 95), pct(latency, 99) by method, route",
      "sort requests desc",
    ],
  },
  "one-request": {
    of: "all",
    query: [
      'filter requestId = "<request id>" or request_id = "<request id>"',
      "fields @timestamp, @log, @message",
      "sort @timestamp asc",
    ],
  },
  "one-trace": {
    of: "all",
    query: ['filter @message like "<trace id>"', "fields @timestamp, @log, @message", "sort @timestamp asc"],
  },
};
