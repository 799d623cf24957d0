/** What the code of a stack's programs calls, as `policies/calls/read.ts` reads it from their source. */
export interface Calls {
  /** Environment variable that says which service a process is. */
  readonly variable: string;
  /** By the path of the entry point without its extension, as commands of functions and containers name it. */
  readonly programs: Readonly<Record<string, Program>>;
}

export interface Program {
  readonly calls: readonly Call[];
  /** Uses of AWS that could not be read: what else the program calls is not known. */
  readonly unread: readonly Unread[];
}

export interface Unread {
  /** `<file>:<line>`. */
  readonly at: string;
  readonly what: string;
  /** Services that run it, where not all do. */
  readonly services?: readonly string[];
}

/** One place in the code that calls AWS. */
export interface Call {
  /** `<file>:<line>`. */
  readonly at: string;
  readonly call: string;
  /** Actions it cannot do without. */
  readonly actions: readonly string[];
  /** Actions it asks for with some inputs, or of resources with a key of their own. */
  readonly may: readonly string[];
  /** Services that run it, where not all do. */
  readonly services?: readonly string[];
}
