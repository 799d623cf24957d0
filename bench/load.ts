import { Agent, request } from "node:http";

export interface Load {
  url: string;
  headers: Record<string, string>;
  /** Connections that each ask again as soon as they are answered. */
  connections: number;
}

export interface Served {
  answered: number;
  /** Requests that got no answer, or another than 200. */
  lost: number;
}

/** Asks until `until` says so, and counts. Every request that was sent is waited for. */
export async function load({ url, headers, connections }: Load, until: () => boolean): Promise<Served> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const served = { answered: 0, lost: 0 };
  const ask = () =>
    new Promise<void>((resolve) => {
      const count = (kind: keyof Served) => {
        served[kind] += 1;
        resolve();
      };
      const asked = request(url, { agent, headers }, (response) => {
        response.resume().once("end", () => count(response.statusCode === 200 ? "answered" : "lost"));
      });
      asked.once("error", () => count("lost")).end();
    });
  const client = async () => {
    while (!until()) await ask();
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return served;
}

/** A condition that holds from `seconds` on. */
export function after(seconds: number): () => boolean {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() >= end;
}
