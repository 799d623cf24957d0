/**
 * Where the agent behind `aws ecs execute-command` writes inside a container. Without these it ends soon after it starts in one whose
 * root file system is read-only (aws/containers-roadmap issue 1359, aws-containers/amazon-ecs-exec-checker issue 71). They are empty
 * in every new task, and root's, as the agent is: the service itself can write to none of them.
 */
const writable = {
  "command-agent": "/managed-agents",
  "command-state": "/var/lib/amazon/ssm",
  "command-logs": "/var/log/amazon/ssm",
};

/** The task's volumes for that agent. */
export const commandVolumes = Object.keys(writable).map((name) => ({ name }));

/** Where the service's container has them. Two agents cannot share, so people get into the service and not into what stands beside it. */
export const commandMounts = Object.entries(writable).map(([sourceVolume, containerPath]) => ({
  ...{ sourceVolume, containerPath, readOnly: false },
}));
