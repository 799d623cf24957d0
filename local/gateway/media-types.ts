/** Whether a media type, parameters aside, is one that the API treats as binary. */
export function isBinary(type: string | undefined, binaryMediaTypes: string[]): boolean {
  const bare = type?.split(/[;,]/)[0]?.trim().toLowerCase();
  if (!bare) return binaryMediaTypes.includes("*/*");
  return binaryMediaTypes.some(
    (known) => known === "*/*" || known.toLowerCase() === bare || known === `${bare.split("/")[0]}/*`,
  );
}
