// PutRetentionPolicy in the CloudWatch Logs API reference lists these and no others.
const accepted = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** `days` if CloudWatch Logs accepts it as a retention; keeping logs for ever is not offered. Fails naming the nearest longer one. */
export function logRetention(days: number, argument = "logRetentionDays"): number {
  if (accepted.includes(days)) return days;
  const longer = accepted.find((allowed) => allowed > days) ?? accepted[accepted.length - 1];
  throw new Error(`${argument} must be a period CloudWatch Logs accepts, got ${days}: use ${days <= 0 ? 30 : longer}`);
}
