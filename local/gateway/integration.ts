import type { Exchange, Reply } from "./exchange.ts";

/** Passes a request on and brings the reply back. Throws `GatewayError` for what the gateway must answer instead. */
export type Integration = (exchange: Exchange) => Promise<Reply>;

/** The integrations by the `type` the document gives them, in lower case. */
export type Integrations = Record<string, Integration>;
