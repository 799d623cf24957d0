import { environment as names } from "../contract.ts";
import { required } from "../platform/environment.ts";
import { createLog } from "../platform/telemetry/log.ts";

const log = createLog("probe");

/** New tasks are healthy when they are tried, so more than a few attempts only put off what is wrong with them. */
const attempts = 5;
const pauseMillis = 2000;
const answerMillis = 3000;

/** What ECS wants to hear of a lifecycle hook (ECS developer guide, "Lambda hooks for Amazon ECS service deployments"). */
export interface HookAnswer {
  hookStatus: "SUCCEEDED" | "FAILED";
}

/** As much of ECS's event as is worth a line in the log. */
interface HookEvent {
  lifecycleStage?: string;
  executionDetails?: { targetServiceRevisionArn?: string };
}

/** Asks the next revision for its health behind the test port. Content with the first answer of 200. */
export async function handler(event: HookEvent = {}, _context?: unknown, pause = pauseMillis): Promise<HookAnswer> {
  const url = required(process.env, names.probeUrl);
  const asked = { url, stage: event.lifecycleStage, revision: event.executionDetails?.targetServiceRevisionArn };
  let found = "";
  for (let attempt = 1; attempt <= attempts; attempt++) {
    found = await answerOf(url);
    if (found === "200") {
      log.info("the next revision answers", { ...asked, attempt });
      return { hookStatus: "SUCCEEDED" };
    }
    if (attempt < attempts) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  log.error("the next revision does not answer", { ...asked, attempts, found });
  return { hookStatus: "FAILED" };
}

/** The status, or why there is none. */
async function answerOf(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(answerMillis) });
    await answer.body?.cancel();
    return String(answer.status);
  } catch (error) {
    return (error as Error).message;
  }
}
