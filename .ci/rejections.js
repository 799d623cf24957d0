// Loaded before the specs: a promise that fails and that nobody waits for fails the test it fails in. Mocha 12 hands such a
// rejection back to the process, and where nobody listens there, it is lost.
const fail = (reason) => {
  // Somebody who listens, as the recording of a program does, takes care of it.
  if (process.listenerCount("unhandledRejection") === 1) throw reason;
};

// Before each file, because a process that runs several drops all listeners between two.
export const mochaHooks = {
  beforeAll() {
    process.off("unhandledRejection", fail).on("unhandledRejection", fail);
  },
};
