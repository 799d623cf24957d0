// Loaded before a server whose memory is watched: it answers each message of its parent with what is in use after a collection.
process.on("message", () => {
  globalThis.gc!();
  process.send!(process.memoryUsage());
});
process.channel?.unref();
