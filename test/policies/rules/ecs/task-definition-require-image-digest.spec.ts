import { rule } from "../../../../policies/rules/ecs/task-definition-require-image-digest.ts";
import { laws, resource } from "../../laws.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const task = (...images: string[]) => [
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: images.map((image) => ({ name: "app", image })),
  }),
];

laws(rule, {
  violates: {
    "a tag": { of: task("app:latest"), says: 'the image of container "app" is "app:latest"' },
    "a tag in the second container": { of: task(`app@${digest}`, "proxy:1"), says: "proxy:1" },
  },
  passes: { "a digest": { of: task(`app@${digest}`) } },
});
