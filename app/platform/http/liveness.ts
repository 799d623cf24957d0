import { answers, type Sql } from "../database/connection.ts";

/**
 * What a load balancer asks a task, without its routes, its log and its spans. Until the database has answered once the answer is 503,
 * so that no traffic reaches a revision that cannot log in. From then on it is 200 whatever becomes of the database: ECS replaces every
 * task that fails its load balancer's check (ECS developer guide, "Amazon ECS services"), and its successor would have the same database.
 */
export function liveness(sql: Sql): () => Promise<Response> {
  let started = false;
  return async () => {
    started ||= await answers(sql);
    return new Response(null, { status: started ? 200 : 503 });
  };
}
