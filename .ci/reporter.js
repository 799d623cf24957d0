// Mocha's own list of results, and the counts in the file named by COUNTS: written after every test, so that they are there
// even when a lane does not reach its end.
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS } = Mocha.Runner.constants;

class Counting extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const write = (ended) => {
      const { passes, failures } = runner.stats;
      writeFileSync(process.env.COUNTS, `${passes} ${failures} ${ended}\n`);
    };
    runner.on(EVENT_TEST_PASS, () => write("cut-short"));
    runner.on(EVENT_TEST_FAIL, () => write("cut-short"));
    runner.once(EVENT_RUN_END, () => write("ended"));
  }
}

// Mocha requires its reporters, and this is what an ES module gives to `require`.
export { Counting as "module.exports" };
