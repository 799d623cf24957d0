import assert from "node:assert/strict";
import fc from "fast-check";
import { cacheLifecyclePolicy, lifecyclePolicy } from "../../../components/image/lifecycle.ts";

interface Image {
  pushedAt: number;
  tags: string[];
}

/**
 * What ECR expires, by the lifecycle chapter of its user guide: every rule looks at all images of its tag status, newest
 * first; `imageCountMoreThan` marks those beyond the count. Written for any policy of this kind, so a rule for untagged or
 * tagged images added one day is judged, too.
 */
function expired(policy: string, images: Image[]): Set<Image> {
  const { rules } = JSON.parse(policy);
  const marked = new Set<Image>();
  for (const { selection, action } of rules.toSorted((a: any, b: any) => a.rulePriority - b.rulePriority)) {
    assert.deepEqual([selection.countType, action.type], ["imageCountMoreThan", "expire"]);
    const matches = {
      any: () => true,
      untagged: ({ tags }: Image) => tags.length === 0,
      tagged: ({ tags }: Image) => tags.some((tag) => selection.tagPrefixList.some((p: string) => tag.startsWith(p))),
    }[selection.tagStatus as "any" | "untagged" | "tagged"];
    const newestFirst = images.filter(matches).toSorted((a, b) => b.pushedAt - a.pushedAt);
    newestFirst.slice(selection.countNumber).forEach((image) => marked.add(image));
  }
  return marked;
}

const tag = fc.constantFrom("sha-1f2e3d", "context-4c5b6a-amd64", "v1.2.3", "live");
const images = fc.uniqueArray(fc.record({ pushedAt: fc.nat(), tags: fc.array(tag, { maxLength: 2 }) }), {
  selector: ({ pushedAt }) => pushedAt,
  maxLength: 120,
});

describe("lifecyclePolicy", () => {
  it("never expires one of the newest images, tagged or not", () => {
    fc.assert(
      fc.property(images, fc.integer({ min: 20, max: 60 }), (pushed, keep) => {
        const gone = expired(lifecyclePolicy(keep, 10), pushed);
        const newest = pushed.toSorted((a, b) => b.pushedAt - a.pushedAt).slice(0, keep);
        assert.deepEqual(
          newest.filter((image) => gone.has(image)),
          [],
        );
        assert.equal(gone.size, Math.max(0, pushed.length - keep));
      }),
    );
  });

  it("spares every image of a version that may be rolled back to, with ten pushes in between", () => {
    fc.assert(
      fc.property(images, fc.integer({ min: 0, max: 40 }), fc.nat(40), (pushed, kept, extra) => {
        const gone = expired(lifecyclePolicy(Math.max(20, kept + 10) + extra, kept), pushed);
        const deployed = pushed.toSorted((a, b) => b.pushedAt - a.pushedAt).slice(0, kept + 10);
        assert.deepEqual(
          deployed.filter((image) => gone.has(image)),
          [],
        );
      }),
    );
  });

  it("has one rule, over images of any tag status", () => {
    const { rules } = JSON.parse(lifecyclePolicy(30, 10));
    assert.equal(rules.length, 1);
    assert.deepEqual(rules[0].selection, { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 30 });
  });

  it("keeps ten build caches", () => {
    const caches = Array.from({ length: 12 }, (_, pushedAt) => ({ pushedAt, tags: [] }));
    assert.equal(expired(cacheLifecyclePolicy(), caches).size, 2);
  });

  for (const [keep, versions, message] of [
    [19, 5, /^keepImages must be a whole number of at least 20 to spare 5 versions, got 19: raise keepImages$/],
    [30, 21, /^keepImages must be a whole number of at least 31 to spare 21 versions, got 30/],
    [30.5, 5, /^keepImages .* got 30.5/],
  ] as const) {
    it(`fails on keeping ${keep} images for ${versions} versions`, () => {
      assert.throws(() => lifecyclePolicy(keep, versions), { message });
    });
  }
});
