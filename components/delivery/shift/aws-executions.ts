import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import type { RolloutInput } from "../state-machine.ts";
import { executionLink } from "./console-link.ts";
import type { Execution, Executions } from "./ports.ts";

/** Events between two states are fewer than this, retries included. */
const recentEvents = 50;

/** Executions looked at, which is more than a version has attempts. */
const most = 100;

/** The executions of one state machine. */
export function stepFunctions(client: Pick<SFNClient, "send">, stateMachineArn: string): Executions {
  const describe = async (executionArn: string): Promise<Execution> => {
    const { status, input, startDate, error, cause } = await client.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    const parsed = JSON.parse(input!) as RolloutInput;
    return { arn: executionArn, status: status!, input: parsed, startedAt: startDate!.getTime(), error, cause };
  };
  const listed = async (statusFilter?: "RUNNING") => {
    const asked = new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: most });
    const { executions = [] } = await client.send(asked);
    const described: Execution[] = [];
    for (const { executionArn } of executions) described.push(await describe(executionArn!));
    return described;
  };
  return {
    describe,
    link: executionLink,
    all: () => listed(),
    async named(name) {
      try {
        return await describe(`${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`);
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
    async latestTo(version) {
      const asked = new ListExecutionsCommand({ stateMachineArn, maxResults: most });
      for (const { executionArn } of (await client.send(asked)).executions ?? []) {
        const execution = await describe(executionArn!);
        if (execution.input.to === version) return execution;
      }
      return undefined;
    },
    async running() {
      return (await listed("RUNNING")).filter(({ status }) => status === "RUNNING");
    },
    async start(name, input) {
      try {
        const asked = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
        return (await client.send(asked)).executionArn!;
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return undefined;
        throw error;
      }
    },
    async lastEntered(executionArn) {
      const asked = { executionArn, reverseOrder: true, maxResults: recentEvents, includeExecutionData: true };
      const { events = [] } = await client.send(new GetExecutionHistoryCommand(asked));
      const details = events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails)?.stateEnteredEventDetails;
      return details && { state: details.name!, data: JSON.parse(details.input ?? "null") };
    },
    async stop(executionArn, cause) {
      try {
        await client.send(new StopExecutionCommand({ executionArn, error: "Stopped", cause }));
      } catch (error) {
        // It ended so long ago that Step Functions has forgotten it.
        if (!(error instanceof ExecutionDoesNotExist)) throw error;
      }
    },
  };
}
