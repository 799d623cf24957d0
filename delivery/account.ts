import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Place } from "../components/names.ts";
import type { StackFile } from "./stack-file.ts";

const unknownToAws =
  /^(CredentialsProvider|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|Signature)/;

/**
 * Where the stack is, by the credentials of the environment. The only question to AWS that comes before everything else: everybody
 * may ask it. Fails when AWS does not know who asks, and when that is another account than the stack's own.
 */
export async function signedIn(file: StackFile): Promise<Place> {
  const { project, stack, region, accountId } = file;
  const way = `sign in to the account of ${stack}, or set AWS_PROFILE`;
  const { Account = "", Arn = "" } = await new STSClient({ region })
    .send(new GetCallerIdentityCommand())
    .catch((error: Error) => {
      if (!unknownToAws.test(error.name)) throw error;
      throw new Error(`AWS does not know who asks (${error.message}): ${way}`, { cause: error });
    });
  if (accountId !== undefined && accountId !== Account) {
    throw new Error(
      `account ${Account} is not the one of ${stack}, whose ${project}:accountId is ${accountId}, nothing was read or moved: ${way}`,
    );
  }
  return { project, stack, region, accountId: Account, partition: Arn.split(":")[1]! };
}
