import { generateSecret, verifySync } from "otplib";
import { ServiceError } from "./errors.ts";

/** A user's authenticator app. */
export interface Totp {
  /** Base32, as the app takes it. */
  secret: string;
  /** The last time step that was accepted: no code works twice. */
  lastStep?: number;
}

export const newTotp = (): Totp => ({ secret: generateSecret({ length: 32 }) });

/** Accepts the code of the current half minute and its two neighbours, each once. `now` in milliseconds. */
export function acceptTotp(totp: Totp, code: string, now: number): boolean {
  // Anything but six digits makes the library throw.
  if (!/^[0-9]{6}$/.test(code)) return false;
  const result = verifySync({ secret: totp.secret, token: code, epoch: Math.floor(now / 1000), epochTolerance: 30 });
  if (!result.valid || !("timeStep" in result)) return false;
  if (totp.lastStep !== undefined && result.timeStep <= totp.lastStep) return false;
  totp.lastStep = result.timeStep;
  return true;
}

/** Cognito's answer to a wrong code while the app is being set up. */
export const unsuitableCode = () => new ServiceError("EnableSoftwareTokenMFAException", "Code mismatch");
