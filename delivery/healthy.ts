import type { Service } from "./service.ts";

/** Asks the service for its health and says it. Fails when it does not answer well, and when it could not be asked. */
export async function healthy(
  service: Service,
  version: string,
  path: string,
  say: (line: string) => void,
): Promise<void> {
  const status = await service.health(path).catch((error: Error) => {
    const what = `version ${version} has the traffic, and whether it answers is not known: ${error.message}`;
    throw new Error(`${service.service}: ${what}: ask again with ${service.askHealth(path)}`, { cause: error });
  });
  if (status === undefined || status >= 400) {
    throw new Error(
      `${service.service}: version ${version} has the traffic and answers ${status ?? "nothing"} to ${path}: roll back further, or look at its log`,
    );
  }
  say(`${service.service}: answers ${status} to ${path}`);
}
