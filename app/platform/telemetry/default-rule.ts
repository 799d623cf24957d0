/** Share of the requests that is picked besides the first of each second. */
const share = 0.05;

/**
 * X-Ray's own default rule for requests on which nobody upstream decided: the first of each second, and five percent of the others
 * (docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html). To record each request would cost more than to answer it.
 * `now` gives milliseconds since 1970, `random` a number from 0 to 1.
 */
export function defaultRule(now: () => number = Date.now, random: () => number = Math.random): () => boolean {
  let last = -1;
  return () => {
    const second = Math.floor(now() / 1000);
    if (second !== last) {
      last = second;
      return true;
    }
    return random() < share;
  };
}
