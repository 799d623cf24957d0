import assert from "node:assert/strict";
import { ImageRegistry, type ImageRegistryArgs } from "../../../components/image/registry.ts";
import { graph, inputsOf, only, unknownValue } from "../../../local/graph.ts";
import { outline, place, policiesIn } from "../place.ts";

const build = async (args: Partial<ImageRegistryArgs> = {}, preview = false) =>
  graph(
    () => {
      const { repositoryUrl, cacheRepositoryUrl } = new ImageRegistry("app", { place, part: "app", ...args });
      return { repositoryUrl, cacheRepositoryUrl };
    },
    { preview },
  );

const repositoriesIn = async (args: Partial<ImageRegistryArgs> = {}) =>
  inputsOf((await build(args)).nodes, "aws:ecr/repository:Repository");

describe("ImageRegistry", () => {
  it("lets no tag of an image move, and only cache tags in the cache", async () => {
    const [images, cache] = await repositoriesIn();
    assert.deepEqual([images!.name, images!.imageTagMutability], ["slipway-test-app", "IMMUTABLE"]);
    assert.deepEqual([cache!.name, cache!.imageTagMutability], ["slipway-test-app-cache", "IMMUTABLE_WITH_EXCLUSION"]);
    assert.deepEqual(cache!.imageTagMutabilityExclusionFilters, [{ filter: "cache-*", filterType: "WILDCARD" }]);
  });

  for (const [what, input, value] of [
    ["scans on push", "imageScanningConfiguration", { scanOnPush: true }],
    ["encrypts", "encryptionConfigurations", [{ encryptionType: "AES256" }]],
    ["keeps its images when the stack goes", "forceDelete", false],
  ] as const) {
    it(`${what} unless told otherwise, in both repositories`, async () => {
      const found = (await repositoriesIn()).map((inputs) => inputs[input]);
      assert.deepEqual(found, [value, value]);
    });
  }

  it("encrypts with the key it is given", async () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1";
    for (const { encryptionConfigurations } of await repositoriesIn({ kmsKeyArn })) {
      assert.deepEqual(encryptionConfigurations, [{ encryptionType: "KMS", kmsKey: kmsKeyArn }]);
    }
  });

  it("goes with its images when it is deletable", async () => {
    const found = (await repositoriesIn({ deletable: true })).map(({ forceDelete }) => forceDelete);
    assert.deepEqual(found, [true, true]);
  });

  it("keeps 30 images unless told otherwise", async () => {
    const kept = async (args: Partial<ImageRegistryArgs>) => {
      const policies = inputsOf((await build(args)).nodes, "aws:ecr/lifecyclePolicy:LifecyclePolicy");
      const { policy } = policies.find(({ repository }) => repository === "slipway-test-app")!;
      return JSON.parse(policy).rules[0].selection.countNumber;
    };
    assert.deepEqual([await kept({}), await kept({ keepImages: 50, keptVersions: 40 })], [30, 50]);
  });

  it("lets only this project's functions fetch images", async () => {
    const { policy, repository } = only((await build()).nodes, "aws:ecr/repositoryPolicy:RepositoryPolicy").inputs;
    assert.equal(repository, "slipway-test-app");
    assert.deepEqual(JSON.parse(policy).Statement, [
      {
        Sid: "PullForFunctions",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Condition: { StringLike: { "aws:SourceArn": "arn:aws:lambda:eu-west-1:123456789012:function:slipway-*" } },
      },
    ]);
  });

  it("tells where to push", async () => {
    const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    assert.deepEqual((await build()).outputs, {
      repositoryUrl: `${host}/slipway-test-app`,
      cacheRepositoryUrl: `${host}/slipway-test-app-cache`,
    });
  });

  it("shows at preview what it creates at update, every document included", async () => {
    const [preview, update] = [await build({}, true), await build()];
    assert.deepEqual(outline(preview.nodes), outline(update.nodes));
    assert.deepEqual(policiesIn(preview.nodes), policiesIn(update.nodes));
    assert.ok(!JSON.stringify(policiesIn(preview.nodes)).includes(unknownValue));
  });

  it("fails on fewer images than a rollback can need", async () => {
    await assert.rejects(build({ keepImages: 10 }), { message: /^keepImages .* at least 20 .* got 10/ });
    await assert.rejects(build({ keptVersions: 25 }), {
      message: /^keepImages .* at least 35 to spare 25 versions, got 30/,
    });
  });
});
