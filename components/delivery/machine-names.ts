import { physicalName, type Place } from "../names.ts";

/** Most characters in the name of a state machine (Step Functions API, CreateStateMachine). */
const longest = 80;

/** Name of the state machine that moves the aliases of the function `part`. */
export const aliasMachineName = (place: Place, part: string): string => physicalName(place, `${part}-rollout`, longest);

/**
 * Name of the one that moves the two slots of the service `part`. Another one, for a service that leaves Lambda for slots, or slots for
 * Lambda, has both for a while: what is new is made before what is old is deleted.
 */
export const slotMachineName = (place: Place, part: string): string =>
  physicalName(place, `${part}-slots-rollout`, longest);
