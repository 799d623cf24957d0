import assert from "node:assert/strict";
import { repositoryName } from "../../../components/image/repository-name.ts";
import { place } from "../place.ts";

const digest = `@sha256:${"ab".repeat(32)}`;

describe("repositoryName", () => {
  it("is what stands between registry and digest", () => {
    const name = (repository: string) =>
      repositoryName(place, `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${repository}${digest}`);
    assert.deepEqual([name("slipway"), name("team/clinic")], ["slipway", "team/clinic"]);
  });

  it("is found in a registry in China", () => {
    const china = { ...place, partition: "aws-cn", region: "cn-north-1" };
    assert.equal(repositoryName(china, `123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app${digest}`), "app");
  });

  for (const [where, registry] of Object.entries({
    "another account": "210987654321.dkr.ecr.eu-west-1.amazonaws.com",
    "another region": "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    "a public registry": "docker.io",
    "a host that only begins like the registry": "123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.com",
  })) {
    it(`fails on an image in ${where}`, () => {
      assert.throws(() => repositoryName(place, `${registry}/app${digest}`), {
        message: `image must be in 123456789012.dkr.ecr.eu-west-1.amazonaws.com, the one registry this stack may pull from, got "${registry}/app${digest}": copy it there, by digest`,
      });
    });
  }
});
