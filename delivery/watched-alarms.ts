import { DescribeStateMachineCommand, SFNClient, StateMachineDoesNotExist } from "@aws-sdk/client-sfn";
import { stateMachineArn } from "../components/iam/arns.ts";
import { physicalName, type Place } from "../components/names.ts";

/** Names of all alarms that take a new version of a service off again, by its state machine; none where it has none. */
export async function watchedAlarms(place: Place, service: string): Promise<string[]> {
  const client = new SFNClient({ region: place.region });
  const arn = stateMachineArn(place, physicalName(place, `${service}-rollout`, 80));
  try {
    const { definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    return alarmsIn(definition!);
  } catch (error) {
    if (error instanceof StateMachineDoesNotExist) return [];
    throw error;
  }
}

interface Watching {
  Result?: readonly string[] | Readonly<Record<string, { alarms?: readonly string[] }>>;
}

/** The alarms that a definition writes into the data of its executions: all of them, or those of each slot. */
function alarmsIn(definition: string): string[] {
  const { States: states } = JSON.parse(definition) as { States: Record<string, Watching> };
  const names = Object.values(states).flatMap(({ Result = [] }) =>
    Array.isArray(Result) ? Result : Object.values(Result).flatMap(({ alarms = [] }) => alarms),
  );
  return [...new Set<string>(names)];
}
