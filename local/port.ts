/** The port in the environment variable `PORT`, 8080 without one. Fails on anything but a port. */
export function portOf(given: string | undefined): number {
  if (given === undefined || given === "") return 8080;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
  throw new Error(`PORT must be a number from 0 to 65535, got "${given}": give a free port, or 0 for any`);
}
