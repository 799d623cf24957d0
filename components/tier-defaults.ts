import type { Tier } from "./tier.ts";

/** What a tier decides where the stack file leaves it open. */
export interface TierDefaults {
  logRetentionDays: number;
  /** Steady requests per second of each route of the API, and the burst above them. */
  throttleRate: number;
  throttleBurst: number;
  /** AWS WAF in front of the API. */
  firewall: boolean;
  mfa: "OFF" | "OPTIONAL" | "ON";
  /** Sign-in by user name and password in one request, for scripts; browsers never need it. */
  passwordSignIn: boolean;
  /** Where the browser returns to with its code, and after signing out: a page on the developer's own machine, or none. */
  callbackUrls: readonly string[];
  logoutUrls: readonly string[];
  availabilityZones: 2 | 3;
  egress: "none" | "endpoints" | "single-nat" | "nat-per-az";
  /** The egress where a service runs on Fargate: all the endpoints its tasks need cost more than NAT gateways. */
  taskEgress: "single-nat" | "nat-per-az";
  /** Tasks of a service on Fargate, fewest and most. */
  minTasks: number;
  maxTasks: number;
  /** How a new revision on Fargate gets the traffic. */
  strategy: "rolling" | "canary";
  flowLogs: boolean;
  instanceClass: string;
  backupRetentionDays: number;
  multiAz: boolean;
  /** Deletion protection on everything that holds data. */
  protect: boolean;
  /** Per cents of the traffic that a new version gets, one after the other. */
  rolloutSteps: readonly number[];
}

/** The two tiers. */
export const tierDefaults: Readonly<Record<Tier, TierDefaults>> = {
  dev: {
    logRetentionDays: 30,
    throttleRate: 50,
    throttleBurst: 100,
    firewall: false,
    mfa: "OPTIONAL",
    passwordSignIn: true,
    callbackUrls: ["http://localhost:3000/callback"],
    logoutUrls: ["http://localhost:3000/"],
    availabilityZones: 2,
    egress: "endpoints",
    taskEgress: "single-nat",
    minTasks: 1,
    maxTasks: 4,
    strategy: "rolling",
    flowLogs: false,
    instanceClass: "db.t4g.micro",
    backupRetentionDays: 7,
    multiAz: false,
    protect: false,
    rolloutSteps: [100],
  },
  prod: {
    logRetentionDays: 365,
    throttleRate: 500,
    throttleBurst: 1000,
    firewall: true,
    mfa: "ON",
    passwordSignIn: false,
    callbackUrls: [],
    logoutUrls: [],
    availabilityZones: 3,
    egress: "endpoints",
    taskEgress: "nat-per-az",
    minTasks: 2,
    maxTasks: 10,
    strategy: "canary",
    flowLogs: true,
    instanceClass: "db.m7g.large",
    backupRetentionDays: 30,
    multiAz: true,
    protect: true,
    rolloutSteps: [10, 50, 100],
  },
};
