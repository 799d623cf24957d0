import { choice, failure, pollSeconds, task, type Section } from "./states.ts";

/** The alarms of a rollout: their names, or the path to them in the data of an execution, with how many they are. */
export type AlarmWatch = readonly string[] | { path: string; count: number };

/** Sees to it that `$.alarms` names alarms. To read alarms without a name means to read all alarms of the account: an empty list counts as none. */
export const alarmsWatched =
  (alarms: AlarmWatch): Section =>
  (next) => ({
    "Choose alarms": choice([{ Variable: "$.alarms[0]", IsPresent: true, Next: next }], "Watch all alarms"),
    "Watch all alarms": {
      Type: "Pass",
      ...("path" in alarms ? { InputPath: alarms.path } : { Result: alarms }),
      ResultPath: "$.alarms",
      Next: next,
    },
  });

export interface Bake {
  /** Last words of the states' names: `at 10 per cent`. */
  at: string;
  /** Looks at the alarms, one a minute. */
  minutes: number;
  /** Share of the traffic meanwhile. */
  percent?: number;
  /** Whether it is over as soon as no alarm fires, and fails only when one still does at the end. */
  settling?: boolean;
}

/** Watches the alarms for some minutes and fails when one fires. */
export const bake =
  ({ at, minutes, percent = 0, settling = false }: Bake): Section =>
  (next) => {
    const fired = `States.Format('{} fired ${at} on version {}', $.check.MetricAlarms[0].AlarmName, $.to)`;
    const alarmParameters = { "AlarmNames.$": "$.alarms", StateValue: "ALARM", AlarmTypes: ["MetricAlarm"] };
    const firing = { Variable: "$.check.MetricAlarms[0]", IsPresent: true };
    const quiet = { Not: firing };
    const over = { Variable: "$.bake.polls", NumericGreaterThanEquals: minutes };
    const judged = settling
      ? [
          { ...quiet, Next: next },
          { ...over, Next: `Alarm ${at}` },
        ]
      : [
          { ...firing, Next: `Alarm ${at}` },
          { ...over, Next: next },
        ];
    return {
      [`Begin bake ${at}`]: {
        Type: "Pass",
        Parameters: { polls: 0, percent },
        ResultPath: "$.bake",
        Next: `Wait ${at}`,
      },
      [`Wait ${at}`]: { Type: "Wait", Seconds: pollSeconds, Next: `Read alarms ${at}` },
      [`Read alarms ${at}`]: {
        ...task({ resource: "aws-sdk:cloudwatch:describeAlarms", parameters: alarmParameters }),
        ResultPath: "$.check",
        Next: `Count ${at}`,
      },
      [`Count ${at}`]: {
        Type: "Pass",
        Parameters: { "polls.$": "States.MathAdd($.bake.polls, 1)", percent },
        ResultPath: "$.bake",
        Next: `Judge ${at}`,
      },
      [`Judge ${at}`]: choice(judged, `Wait ${at}`),
      [`Alarm ${at}`]: failure("AlarmFired", fired),
    };
  };
