// Work that takes long is done in turns, so that it can be told how far it has come. A turn is `await
// turn()`; every tenth of a second it tells `tell` how many of `of` are done.

const EVERY = 100; // milliseconds

export function turns(of, tell) {
  let [done, told] = [0, performance.now()];
  return async () => {
    done += 1;
    const now = performance.now();
    if (done !== of && now - told < EVERY) return;
    told = now;
    tell(done, of);
    await new Promise((resolve) => setTimeout(resolve)); // so that messages are heard
  };
}
