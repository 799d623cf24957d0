import { rule } from "../../../../policies/rules/ecs/task-definition-require-hardening.ts";
import { laws, resource } from "../../laws.ts";

const task = (container: object, props: object = {}) => [
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    networkMode: "awsvpc",
    containerDefinitions: JSON.stringify([{ name: "app", readonlyRootFilesystem: true, ...container }]),
    ...props,
  }),
];

laws(rule, {
  violates: {
    "a privileged container": { of: task({ privileged: true }), says: 'container "app" is privileged' },
    "a writable container": { of: task({ readonlyRootFilesystem: false }), says: 'container "app" may write' },
    "the host's network": { of: task({}, { networkMode: "host" }), says: "networkMode is host" },
    "the host's processes": { of: task({}, { pidMode: "host" }), says: "pidMode is host" },
    "a malformed list": { of: task({}, { containerDefinitions: "[" }), says: "not a list of containers" },
  },
  passes: {
    "a container that reads": { of: task({}) },
    "processes shared in the task": { of: task({}, { pidMode: "task" }) },
  },
});
