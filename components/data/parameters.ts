import type { types } from "@pulumi/aws";

/** Server parameters beyond the defaults of the engine. Patients' data must not end up in logs, so values are never logged. */
const wanted: Readonly<Record<string, string>> = {
  "rds.force_ssl": "1",
  log_lock_waits: "1",
  log_statement: "ddl",
  // Statements slower than a second, in milliseconds.
  log_min_duration_statement: "1000",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  // A forgotten transaction holds locks and stops cleaning up; in milliseconds.
  idle_in_transaction_session_timeout: "60000",
};

/** Oldest major version with every parameter above and years of support left. */
const oldest = 15;

/** The major version in `engineVersion`, `18` or `18.1`; fails when it is no version this component can run. */
export function majorVersion(engineVersion: string): string {
  const major = /^(\d+)(\.\d+)?$/.exec(engineVersion)?.[1];
  if (!major || Number(major) < oldest) {
    throw new Error(`engineVersion must be a PostgreSQL version from ${oldest}, got "${engineVersion}": use 18`);
  }
  return major;
}

/** Those whose value is the default of every version from `oldest` on, said all the same: nobody has to know the defaults. */
const asByDefault: ReadonlySet<string> = new Set(["rds.force_ssl", "log_parameter_max_length_on_error"]);

/**
 * The parameters in the form RDS takes; all of them take effect without a restart. RDS does not take note of a default: it goes on
 * saying that the parameter is applied with a restart, and each update would show the difference (terraform-provider-aws issues
 * 39252 and 23335).
 */
export const databaseParameters: types.input.rds.ParameterGroupParameter[] = Object.entries(wanted).map(
  ([name, value]) => ({ name, value, applyMethod: asByDefault.has(name) ? "pending-reboot" : "immediate" }),
);
