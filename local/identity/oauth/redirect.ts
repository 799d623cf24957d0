/** The URL with these parameters added to what it has; those without a value are left out. */
export function withParameters(url: string, parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `${url}${url.includes("?") ? "&" : "?"}${new URLSearchParams(given).toString()}`;
}

/** The page for errors that must not be sent to whoever `redirect_uri` names. */
export const errorPage = (error: string, clientId?: string): string =>
  withParameters("/error", { error, client_id: clientId });
