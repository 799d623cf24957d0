import type { Resource } from "../../resource.ts";
import { UnknownValue } from "../unknown.ts";

/** Permissions that something asks for in the name of a role. */
export interface Asked {
  /** Actions it cannot do without. */
  readonly actions: readonly string[];
  /** Actions it asks for under conditions that are not looked at. */
  readonly may?: readonly string[];
  /** ARN of what it asks for; undefined where that is not known. */
  readonly on?: string;
  /** Who asks, as the subject of a sentence. */
  readonly who: string;
  /** Whether it is the code that asks, and not the service that hosts it. */
  readonly byCode?: boolean;
}

/** One reason to ask for permissions, or something whose needs cannot be read. */
export type Need = Asked | { readonly unread: string };

/** Needs that hang on the same values. */
export interface Question {
  /** Actions it may be about; undefined for all there are. */
  readonly about?: readonly string[];
  /** Throws UnknownValue when a value that decides is not known. */
  readonly ask: () => Iterable<Need>;
}

/** Everything that is asked for in the name of one role. */
export interface Needs {
  readonly asked: readonly Asked[];
  readonly unread: readonly { readonly what: string; readonly by: Resource }[];
  readonly unknown: readonly {
    readonly unknown: UnknownValue;
    readonly resource: Resource;
    readonly about?: readonly string[];
  }[];
}

/** The answers to the questions that `by` raises. */
export function needsOf(by: Resource, questions: readonly Question[]): Needs {
  const asked: Asked[] = [];
  const unread: Needs["unread"][number][] = [];
  const unknown: Needs["unknown"][number][] = [];
  for (const { about, ask } of questions) {
    try {
      for (const need of ask()) {
        if ("unread" in need) unread.push({ what: need.unread, by });
        else asked.push(need);
      }
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      unknown.push({ unknown: error, resource: by, ...(about && { about }) });
    }
  }
  return { asked, unread, unknown };
}

/** All of several needs. */
export const together = (all: readonly Needs[]): Needs => ({
  asked: all.flatMap(({ asked }) => asked),
  unread: all.flatMap(({ unread }) => unread),
  unknown: all.flatMap(({ unknown }) => unknown),
});
