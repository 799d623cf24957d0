import assert from "node:assert/strict";
import { unknownValue } from "../../../local/graph.ts";
import { holdersIn } from "../../../policies/facts/holders.ts";
import { verdictsOf, resource } from "../laws.ts";
import { rule as noAdmin } from "../../../policies/rules/iam/no-admin.ts";
import { allow, deny, grant, role } from "../documents.ts";

const policy = (name: string, ...Statement: object[]) =>
  resource(
    "aws:iam/policy:Policy",
    { policy: JSON.stringify({ Version: "2012-10-17", Statement }) },
    { name, outputs: { arn: `arn:aws:iam::123456789012:policy/${name}` } },
  );
const attach = (props: object, type = "rolePolicyAttachment:RolePolicyAttachment") =>
  resource(`aws:iam/${type}`, props, { name: "attach" });
const shape = (resources: Parameters<typeof holdersIn>[0]) =>
  holdersIn(resources).map(({ resource, documents, managed, unknown }) => [
    resource.name,
    documents.map((one) => `${one.resource.name}.${one.path}`),
    managed.map(({ arn }) => arn),
    unknown.map((one) => one.unknown.path),
  ]);

describe("the holders of a stack", () => {
  it("hold inline policies, policies of their own and attached ones", () => {
    const inline = role("worker", {
      inlinePolicies: [
        { name: "a", policy: "{}" },
        { name: "b", policy: "{}" },
      ],
    });
    const attached = attach({ role: "worker", policyArn: "arn:aws:iam::123456789012:policy/shared" });
    assert.deepEqual(shape([inline, grant("worker"), policy("shared"), attached]), [
      [
        "worker",
        ["worker.inlinePolicies.0.policy", "worker.inlinePolicies.1.policy", "worker-grant.policy", "shared.policy"],
        [],
        [],
      ],
    ]);
  });

  it("share an attachment to several", () => {
    const both = attach(
      { roles: ["a", "b"], policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      "policyAttachment:PolicyAttachment",
    );
    const arn = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];
    assert.deepEqual(shape([role("a"), role("b"), both]), [
      ["a", [], arn, []],
      ["b", [], arn, []],
    ]);
  });

  const person = resource("aws:iam/user:User", { name: "ann" }, { name: "ann" });
  const team = resource("aws:iam/group:Group", { name: "team" }, { name: "team" });
  const grants = resource("aws:iam/groupPolicy:GroupPolicy", { group: "team", policy: "{}" }, { name: "team-grant" });

  for (const [type, props] of [
    ["userGroupMembership:UserGroupMembership", { user: "ann", groups: ["team", "far"] }],
    ["groupMembership:GroupMembership", { group: "team", users: ["ann", "far"] }],
  ] as const) {
    it(`hold as users what their groups hold, by ${type.split(":")[1]}`, () => {
      assert.deepEqual(shape([person, team, grants, attach(props, type)]), [
        ["ann", ["team-grant.policy"], [], []],
        ["team", ["team-grant.policy"], [], []],
      ]);
    });
  }

  it("are not all known while it is not known who is in which group", () => {
    const of = (props: object) => [person, team, grants, attach(props, "userGroupMembership:UserGroupMembership")];
    assert.deepEqual(shape(of({ user: "ann", groups: [unknownValue] }))[0], ["ann", [], [], ["group"]]);
    assert.deepEqual(shape(of({ user: unknownValue, groups: ["team"] }))[2], ["attach", [], [], ["user"]]);
  });

  it("are judged by the sum of their own policies and those of their groups", () => {
    const all = (letters: string) =>
      JSON.stringify({
        Statement: [
          allow(
            [...letters].map((one) => `${one}*:*`),
            "*",
          ),
        ],
      });
    const own = resource("aws:iam/userPolicy:UserPolicy", { user: "ann", policy: all("abcdefg") }, { name: "own" });
    const rest = { ...grants, props: { group: "team", policy: all("hijklmnopqrstuvwx") } };
    const member = attach({ user: "ann", groups: ["team"] }, "userGroupMembership:UserGroupMembership");
    assert.equal(verdictsOf(noAdmin, [person, team, own, rest]).length, 0);
    assert.equal(verdictsOf(noAdmin, [person, team, own, rest, member]).length, 1);
    const wide = { ...grants, props: { group: "team", policy: all("abcdefghijklmnopqrstuvwxyz") } };
    assert.equal(
      verdictsOf(noAdmin, [person, team, wide, member]).length,
      1,
      "said once for the group and its members",
    );
  });

  it("are found by where an unknown name comes from", () => {
    const made = { ...grant("worker"), props: { role: unknownValue, policy: "{}" } };
    assert.deepEqual(shape([role("worker"), { ...made, dependencies: { role: ["worker"] } }]), [
      ["worker", ["worker-grant.policy"], [], []],
    ]);
    assert.deepEqual(shape([role("worker"), made]), [
      ["worker", [], [], []],
      ["worker-grant", ["worker-grant.policy"], [], ["role"]],
    ]);
  });

  it("include a policy that nobody in the stack holds", () => {
    assert.deepEqual(shape([policy("spare"), grant("far")]), [
      ["far-grant", ["far-grant.policy"], [], []],
      ["spare", ["spare.policy"], [], []],
    ]);
  });

  it("lose by one policy what another denies", () => {
    const wide = [role("worker"), grant("worker", allow("*", "*"))];
    const denied = { ...grant("worker", deny("*", "*")), name: "limits" };
    assert.equal(verdictsOf(noAdmin, wide).length, 1);
    assert.deepEqual(verdictsOf(noAdmin, [...wide, denied]), []);
  });

  it("are left undecided by a boundary that is not of the stack", () => {
    const bounded = role("worker", { permissionsBoundary: "arn:aws:iam::123456789012:policy/far" });
    const [verdict] = verdictsOf(noAdmin, [bounded, grant("worker", allow("*", "*"))]);
    assert.equal(verdict?.decided, false);
    assert.match(verdict.message, /unless the boundary refuses it, which is not of this stack$/);
  });
});
