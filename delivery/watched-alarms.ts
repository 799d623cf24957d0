import { DescribeStateMachineCommand, SFNClient, StateMachineDoesNotExist } from "@aws-sdk/client-sfn";

/** Names of all alarms that take a new version off again, by the state machine that shifts to it; none where it does not exist. */
export async function watchedAlarms(machineArn: string): Promise<string[]> {
  const [, , , region] = machineArn.split(":");
  const client = new SFNClient({ region });
  try {
    const { definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn }));
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
