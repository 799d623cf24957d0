import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Executions, Traffic } from "../components/delivery/shift/ports.ts";
import type { Place } from "../components/names.ts";
import { findFunction } from "./function-service.ts";
import type { KeptImage } from "./image.ts";
import { findSlots } from "./slot-service.ts";
import type { StackFile } from "./stack-file.ts";

/** One deployed service of a stack, by the names the program gave it. */
export interface Service {
  /** Its name in the app. */
  service: string;
  /** Its physical name, with which the names of its alarms begin. */
  physicalName: string;
  place: Place;
  /** The state machine that shifts its traffic. */
  machineArn: string;
  traffic: Pick<Traffic, "serving" | "exists">;
  shifts: Executions;
  alarms: CloudWatchClient;
  /** The image of a version. */
  image(version: string): Promise<KeptImage>;
  /** Gives everything to a version at once, and writes down why where there is a place for it. */
  giveAll(version: string, description: string): Promise<void>;
  /** Status that the service answers to its health check; undefined when it fails to answer. */
  health(path: string): Promise<number | undefined>;
}

/** The service in AWS, a function or two slots on Fargate; undefined when it is neither. */
export const findService = async (file: StackFile, service: string): Promise<Service | undefined> =>
  (await findFunction(file, service)) ?? (await findSlots(file, service));
