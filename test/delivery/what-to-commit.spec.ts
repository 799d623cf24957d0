import assert from "node:assert/strict";
import { whatToCommit } from "../../delivery/what-to-commit.ts";

const [old, bad] = ["app@sha256:13", "app@sha256:14"];
const rolledBack = { left: "14", leftImage: bad, runs: old, project: "slipway", stack: "prod" };

describe("what to commit after a roll-back", () => {
  it("is a revert or a pin, which is for the whole stack and has to be ended", () => {
    assert.deepEqual(whatToCommit({ ...rolledBack, image: "promoted" }), [
      "The stack still wants version 14. To make it agree with what runs:",
      "  revert the commit that made version 14 and let it be deployed, or",
      "  pin the image that runs now: pulumi config set slipway:image app@sha256:13 --stack prod, and commit Pulumi.prod.yaml.",
      "  The pin is for the whole stack: all its services and its migrations go back to that image, and new ones no longer arrive by themselves.",
      "  End it once a good image is there: pulumi config set slipway:image promoted --stack prod, and commit Pulumi.prod.yaml.",
      "Both publish a new version of the old code, which gets the traffic step by step. Until then do not run pulumi up --refresh: it would shift to version 14 again.",
    ]);
  });

  it("ends the pin by removing it where the stack says nothing of its image", () => {
    const lines = whatToCommit(rolledBack);
    assert.match(lines[4]!, /^ {2}End it once a good image is there: pulumi config rm slipway:image --stack prod, and/);
  });

  it("is a revert alone where both versions run the same image", () => {
    const lines = whatToCommit({ ...rolledBack, leftImage: old, image: "promoted" });
    assert.deepEqual(lines.slice(1), [
      "  revert the commit that made version 14 and let it be deployed. Both versions run the same image, so it was a setting that changed: pinning the image changes nothing.",
      "That publishes a new version with the old settings, which gets the traffic step by step. Until then do not run pulumi up --refresh: it would shift to version 14 again.",
    ]);
  });
});
