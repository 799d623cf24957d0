import assert from "node:assert/strict";
import { ImageCopy, type ImageCopyArgs } from "../../../components/image/image-copy.ts";
import { graph, only } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";

const digest = `sha256:${"ab".repeat(32)}`;
const sourceUri = `public.ecr.aws/somebody/collector:v1@${digest}`;
const record = (args: Partial<ImageCopyArgs> = {}, preview = false) =>
  graph(
    () => {
      const { imageUri, repositoryName } = new ImageCopy("copy", { place, part: "collector", sourceUri, ...args });
      return { imageUri, repositoryName };
    },
    { preview },
  );

describe("ImageCopy", () => {
  const repository = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-test-collector";

  it("copies the one image into a repository of its own", async () => {
    const { nodes, outputs } = await record();
    const { sources, tag, push } = only(nodes, "docker-build:index:Index").inputs;
    assert.deepEqual([sources, tag, push], [[sourceUri], `${repository}:copy-${"ab".repeat(16)}`, true]);
    assert.deepEqual(outputs, { imageUri: `${repository}@${digest}`, repositoryName: "slipway-test-collector" });
  });

  it("keeps the log-in to the registry secret", async () => {
    const { secretInputs } = only((await record()).nodes, "docker-build:index:Index");
    assert.deepEqual(secretInputs, ["registry"]);
  });

  it("leaves the copy where tasks of earlier revisions find it", async () => {
    const { options } = only((await record()).nodes, "docker-build:index:Index");
    assert.equal(options.retainOnDelete, true);
    const inputsWith = async (args: Partial<ImageCopyArgs>) =>
      only((await record(args)).nodes, "aws:ecr/repository:Repository").inputs;
    const { imageTagMutability, forceDelete, imageScanningConfiguration } = await inputsWith({});
    assert.deepEqual(
      [imageTagMutability, forceDelete, imageScanningConfiguration],
      ["IMMUTABLE", false, { scanOnPush: true }],
    );
    assert.equal((await inputsWith({ deletable: true })).forceDelete, true);
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline((await record({}, true)).nodes), outline((await record()).nodes));
  });

  it("fails on an image that may change under its tag", async () => {
    await assert.rejects(record({ sourceUri: "public.ecr.aws/somebody/collector:v1" }), {
      message: /^sourceUri must be pinned by digest/,
    });
  });
});
