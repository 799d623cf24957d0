export interface NewUser {
  /** Defaults to the first pool. */
  poolId?: string;
  /** The e-mail address where the pool takes one as user name. */
  username: string;
  password: string;
  /** Besides what the user name says. A mail address counts as verified unless this says otherwise. */
  attributes?: Record<string, string>;
}

/** Makes a confirmed user as an administrator would, by two calls of the user pool API. Fails in the service's words. */
export async function createUser(url: string, user: NewUser & { poolId: string }): Promise<string> {
  const { poolId: UserPoolId, username: Username, password: Password, attributes } = user;
  const verified = Username.includes("@") ? { email: Username, email_verified: "true" } : {};
  const given = Object.entries({ ...verified, ...attributes });
  const UserAttributes = given.map(([Name, Value]) => ({ Name, Value }));
  const created = await call(url, "AdminCreateUser", {
    UserPoolId,
    Username,
    UserAttributes,
    MessageAction: "SUPPRESS",
  });
  await call(url, "AdminSetUserPassword", { UserPoolId, Username, Password, Permanent: true });
  return (created as { User: { Attributes: { Value: string }[] } }).User.Attributes[0]!.Value;
}

async function call(url: string, operation: string, input: object): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
      // The service wants administrators to sign, and takes any signature: there is no key to check it with.
      Authorization: "AWS4-HMAC-SHA256 Credential=local",
    },
    body: JSON.stringify(input),
  });
  const output = (await response.json()) as { message?: string };
  if (!response.ok) throw new Error(`cannot ${operation}: ${output.message}`);
  return output;
}
