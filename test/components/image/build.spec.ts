import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ImageBuild, type ImageBuildArgs } from "../../../components/image/build.ts";
import { graph, inputsOf, only } from "../../../local/graph.ts";
import { outline } from "../place.ts";

const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const repositoryUrl = `${host}/slipway-test-app`;
const cacheRepositoryUrl = `${repositoryUrl}-cache`;
const contextHash = "0123456789abcdef".repeat(4);
const promotedImageUri = `${repositoryUrl}@sha256:${"cd".repeat(32)}`;
const source: ImageBuildArgs = { context: "app", contextHash, repositoryUrl, cacheRepositoryUrl };

const build = (args: ImageBuildArgs, preview = false) =>
  graph(() => ({ imageUri: new ImageBuild("app", args).imageUri }), { preview });

const imageOf = async (args: ImageBuildArgs) => only((await build(args)).nodes, "docker-build:index:Image");

describe("ImageBuild", () => {
  it("pushes one platform under a tag made from the context", async () => {
    const { inputs } = await imageOf(source);
    assert.deepEqual([inputs.context, inputs.platforms, inputs.push], [{ location: "app" }, ["linux/amd64"], true]);
    assert.deepEqual(inputs.tags, [`${repositoryUrl}:context-${contextHash.slice(0, 32)}-amd64`]);
  });

  it("builds for the architecture, with a tag and a cache of its own", async () => {
    const { inputs } = await imageOf({ ...source, architecture: "arm64" });
    assert.deepEqual(inputs.platforms, ["linux/arm64"]);
    assert.match(inputs.tags[0], /-arm64$/);
    assert.deepEqual(inputs.cacheFrom, [{ registry: { ref: `${cacheRepositoryUrl}:cache-arm64` } }]);
  });

  it("keeps every layer in a registry cache that ECR accepts", async () => {
    const { cacheTo } = (await imageOf(source)).inputs;
    const ref = `${cacheRepositoryUrl}:cache-amd64`;
    const form = { mode: "max", imageManifest: true, ociMediaTypes: true, ignoreError: true };
    assert.deepEqual(cacheTo, [{ registry: { ref, ...form } }]);
  });

  it("leaves attestations out, which only exec would add", async () => {
    assert.equal((await imageOf(source)).inputs.exec, undefined);
  });

  it("needs no Docker daemon at preview", async () => {
    assert.equal((await imageOf(source)).inputs.buildOnPreview, false);
  });

  it("logs in with a secret token", async () => {
    const { inputs, secretInputs } = await imageOf(source);
    assert.deepEqual(inputs.registries, [{ address: host, username: "AWS", password: "token-of-this-hour" }]);
    assert.ok(secretInputs.includes("registries"));
  });

  it("leaves images to the lifecycle when the build is dropped from the stack", async () => {
    assert.equal((await imageOf(source)).options.retainOnDelete, true);
  });

  it("gives the image by digest, readable", async () => {
    const { outputs, nodes } = await build(source);
    assert.equal(outputs.imageUri, `${repositoryUrl}@${only(nodes, "docker-build:index:Image").outputs.digest}`);
    let secret: boolean | undefined;
    await graph(async () => {
      secret = await pulumi.isSecret(new ImageBuild("app", source).imageUri);
    });
    assert.equal(secret, false);
  });

  it("builds nothing when an image is promoted", async () => {
    const { outputs, nodes } = await build({ promotedImageUri }, true);
    assert.deepEqual(inputsOf(nodes, "docker-build:index:Image"), []);
    assert.equal(outputs.imageUri, promotedImageUri);
  });

  for (const args of [source, { promotedImageUri }]) {
    it(`shows at preview what it creates at update, given ${Object.keys(args)[0]}`, async () => {
      assert.deepEqual(outline((await build(args, true)).nodes), outline((await build(args)).nodes));
    });
  }

  for (const [why, args, message] of [
    [
      "a tag",
      { promotedImageUri: "app:v1" },
      /^promotedImageUri must be pinned by digest, got "app:v1": use <repository>@sha256/,
    ],
    ["a short digest", { promotedImageUri: "app@sha256:feed" }, /^promotedImageUri .* got "app@sha256:feed"/],
    [
      "two sources",
      { ...source, promotedImageUri },
      /^promotedImageUri runs an image that exists, context is for building/,
    ],
    [
      "no source",
      {},
      /^context, contextHash, repositoryUrl and cacheRepositoryUrl must all be given: or give promotedImageUri$/,
    ],
    ["half a source", { ...source, repositoryUrl: undefined }, /must all be given/],
    ["a hash that is none", { ...source, contextHash: "latest" }, /^contextHash must be a SHA-256 .* got "latest"/],
  ] as const) {
    it(`fails on ${why}`, async () => {
      await assert.rejects(build(args), { message });
    });
  }
});
