import { ofType, type Resource } from "../resource.ts";
import { targetsAmong } from "./targets.ts";

/** One user in one group. Either is `unclear` while it is not known which it is. */
export interface Membership {
  readonly user: Resource | "unclear";
  readonly group: Resource | "unclear";
  /** The resource that says so. */
  readonly by: Resource;
}

/** Which users of the stack are in which of its groups. */
export function membershipsIn(resources: readonly Resource[]): Membership[] {
  const users = targetsAmong(ofType(resources, "aws:iam/user:User"));
  const groups = targetsAmong(ofType(resources, "aws:iam/group:Group"));
  const all = (from: Resource, input: string): readonly unknown[] => {
    const value = from.props[input];
    return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  };
  return memberTypes.flatMap(([type, userInput, groupInput]) =>
    ofType(resources, type).flatMap((by) => {
      const found = all(by, userInput).map((value) => users.find(value, by, userInput));
      const named = all(by, groupInput).map((value) => groups.find(value, by, groupInput));
      return found.flatMap((user) => named.flatMap((group) => (user && group ? [{ user, group, by }] : [])));
    }),
  );
}

const memberTypes = [
  ["aws:iam/userGroupMembership:UserGroupMembership", "user", "groups"],
  ["aws:iam/groupMembership:GroupMembership", "users", "group"],
] as const;
