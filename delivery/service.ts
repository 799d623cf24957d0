import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Clock } from "../components/delivery/shift/clock.ts";
import type { Executions, Serving, Traffic } from "../components/delivery/shift/ports.ts";
import type { Place } from "../components/names.ts";
import { findFunction } from "./function-service.ts";
import type { KeptImage } from "./image.ts";
import { findSlots } from "./slot-service.ts";

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
  /**
   * Gives everything to a version at once, and writes down why where there is a place for it. Fails when the traffic is not as it was
   * `seen` any more; without that it is moved wherever it is.
   */
  giveAll(version: string, description: string, seen?: Serving): Promise<void>;
  /** Status that the service answers to its health check; undefined when it fails to answer. */
  health(path: string): Promise<number | undefined>;
  /** The command by which people ask the same. */
  askHealth(path: string): string;
}

/** The service in AWS, a function or two slots on Fargate; undefined when it is neither. */
export const findService = async (place: Place, service: string, clock: Clock): Promise<Service | undefined> =>
  (await findFunction(place, service)) ?? (await findSlots(place, service, clock));
