import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** The log-in of the database's owner, from the secret RDS manages. Never the values in an error. */
export async function ownerSecret(secretId: string): Promise<{ username: string; password: string }> {
  const { SecretString: text = "" } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: secretId }),
  );
  const { username, password } = parsed(text);
  if (typeof username === "string" && typeof password === "string") return { username, password };
  throw new Error(`secret ${secretId} must hold JSON with username and password: is it the one RDS manages`);
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
