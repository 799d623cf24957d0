import { rule } from "../../../../policies/rules/codepipeline/pipeline-require-approval.ts";
import { laws, resource } from "../../laws.ts";

const pipeline = (...stages: object[][]) => [
  resource("aws:codepipeline/pipeline:Pipeline", {
    stages: stages.map((actions, index) => ({ name: `stage-${index}`, actions })),
  }),
];
const [source, approve, deploy] = ["Source", "Approval", "Deploy"].map((category) => ({ category, runOrder: 1 })) as [
  object,
  object,
  object,
];

laws(rule, {
  violates: {
    "no approval": { of: pipeline([source], [deploy]), says: "deploys without an approval" },
    "an approval that comes too late": {
      of: pipeline([source], [deploy], [approve]),
      says: "deploys without an approval",
    },
    "an approval that runs after in the same stage": {
      of: pipeline([source], [{ ...approve, runOrder: 2 }, deploy]),
      says: "without an approval",
    },
  },
  passes: {
    "an approval": { of: pipeline([source], [approve], [deploy]) },
    "an approval first in the same stage": { of: pipeline([source], [{ ...deploy, runOrder: 2 }, approve]) },
    "a pipeline that deploys nothing": { of: pipeline([source]) },
  },
});
