import assert from "node:assert/strict";
import { read } from "./stack-settings.ts";

const onFargate = '{"appointments":{"runtime":"fargate"}}';
const digest = `@sha256:${"ab".repeat(32)}`;

/** Settings each of which is fine, and which cannot work together. */
describe("settings together", () => {
  const elsewhere = `public.ecr.aws/somebody/clinic${digest}`;
  const abroad = `123456789012.dkr.ecr.us-east-1.amazonaws.com/clinic${digest}`;
  const here = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/clinic${digest}`;

  for (const image of [elsewhere, abroad]) {
    it(`fail where tasks without internet should pull ${image.slice(0, 40)}`, async () => {
      const message = `slipway:image is ${image}, but with egress endpoints the tasks of appointments pull from ECR in eu-west-1 only: push the image there, or use single-nat, nat-per-az or tier`;
      await assert.rejects(read({ services: onFargate, egress: "endpoints", image }), { message });
      assert.equal((await read({ services: onFargate, egress: "single-nat", image })).image, image);
      assert.equal((await read({ egress: "endpoints", image })).image, image);
    });
  }

  it("let tasks without internet run an image of the region, built, promoted or named", async () => {
    for (const image of ["build", "promoted", here]) {
      const { network } = await read({ services: onFargate, egress: "endpoints", image });
      assert.equal(network.egress, "endpoints");
    }
  });
});
