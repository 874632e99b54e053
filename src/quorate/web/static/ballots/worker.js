// The worker of one job (booth.js).

import { done } from "./jobs.js";
import { unable } from "./able.js";

addEventListener("message", async ({ data: { job, given } }) => {
  try {
    const missing = unable();
    if (missing) throw Object.assign(new Error("this browser cannot do it safely"), { code: missing });
    const tell = (stage, done, of) => postMessage({ stage, done, of });
    postMessage({ result: await done(job, given, tell) });
  } catch (error) {
    postMessage({ code: error.code ?? "failed", why: error.message });
  }
});
