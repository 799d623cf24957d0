import assert from "node:assert/strict";
import { ImageBuild } from "../../../components/image/build.ts";
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
  it("lets no tag of an image move but those of a build by content, and only cache tags in the cache", async () => {
    const movable = (await repositoriesIn()).map(
      ({ name, imageTagMutability, imageTagMutabilityExclusionFilters: [{ filter, filterType }, ...others] }) => [
        ...[name, imageTagMutability, filter, filterType, others.length],
      ],
    );
    assert.deepEqual(movable, [
      ["slipway-test-app", "IMMUTABLE_WITH_EXCLUSION", "context-*", "WILDCARD", 0],
      ["slipway-test-app-cache", "IMMUTABLE_WITH_EXCLUSION", "cache-*", "WILDCARD", 0],
    ]);
  });

  it("lets a build that is made again have its tag again, and keeps a pipeline's", async () => {
    const [{ imageTagMutabilityExclusionFilters: filters }] = (await repositoriesIn()) as any;
    const moves = (tag: string) =>
      filters.some(({ filter }: { filter: string }) => new RegExp(`^${filter.replaceAll("*", ".*")}$`).test(tag));
    const repositoryUrl = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-test-app";
    const { nodes } = await graph(() => {
      const source = { context: "app", contextHash: "a".repeat(64), repositoryUrl, cacheRepositoryUrl: repositoryUrl };
      new ImageBuild("image", source);
    });
    const [built] = only(nodes, "docker-build:index:Image").inputs.tags;
    assert.deepEqual([moves(built.split(":")[1]), moves("sha-1f2e3d"), moves("v1.2.3")], [true, false, false]);
  });

  for (const [what, input, value] of [
    ["scans on push", "imageScanningConfiguration", { scanOnPush: true }],
    ["encrypts", "encryptionConfigurations", [{ encryptionType: "AES256" }]],
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

  it("goes with its images only when it is deletable, and its cache in any case", async () => {
    const gone = async (args: Partial<ImageRegistryArgs>) =>
      (await repositoriesIn(args)).map(({ name, forceDelete }) => [name, forceDelete]);
    const cache = ["slipway-test-app-cache", true];
    assert.deepEqual(await gone({}), [["slipway-test-app", false], cache]);
    assert.deepEqual(await gone({ deletable: true }), [["slipway-test-app", true], cache]);
  });

  it("has no cache where nothing is built", async () => {
    const { nodes, outputs } = await build({ cache: false });
    assert.deepEqual(
      inputsOf(nodes, "aws:ecr/repository:Repository").map(({ name }) => name),
      ["slipway-test-app"],
    );
    assert.equal(inputsOf(nodes, "aws:ecr/lifecyclePolicy:LifecyclePolicy").length, 1);
    assert.equal(outputs.cacheRepositoryUrl, undefined);
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
