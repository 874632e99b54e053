// The page's side: every job is done by a worker of its own, so the page never freezes, and what the job
// knew goes with the worker: it is ended when the job is.

import { unable } from "./able.js";

// Why a job was not done. `code`: for the page to say in words; the message: in plain English.
export class NotDone extends Error {
  constructor(code, why) {
    super(why);
    this.code = code;
  }
}

// The result of a job of jobs.js. `given`: plain data and files. `tell(stage, done, of)`: how far it is.
// `signal`: an AbortSignal that ends it. Throws NotDone.
export function work(job, given, { tell = () => {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    const missing = typeof Worker === "function" ? unable() : "no-workers";
    if (missing) return reject(new NotDone(missing, "this browser cannot do it safely"));
    if (signal?.aborted) return reject(new NotDone("cancelled", "it was cancelled"));
    const { worker, isModule } = waiting.pop() ?? started();
    const end = (settle, value) => {
      worker.terminate();
      signal?.removeEventListener("abort", cancel);
      settle(value);
    };
    const cancel = () => end(reject, new NotDone("cancelled", "it was cancelled"));
    if (!isModule) return end(reject, new NotDone("no-workers", "this browser has no workers of modules"));
    signal?.addEventListener("abort", cancel);
    worker.onerror = () => end(reject, new NotDone("not-loaded", "the booth's scripts could not be loaded"));
    worker.onmessage = ({ data }) => {
      if (data.stage) tell(data.stage, data.done, data.of);
      else if (data.code) end(reject, new NotDone(data.code, data.why));
      else end(resolve, data.result);
    };
    worker.postMessage({ job, given });
  });
}

// Starts the worker of the next job beforehand, so that its scripts are there when the job comes.
const waiting = [];
export function ready() {
  if (waiting.length || typeof Worker !== "function" || unable()) return;
  const next = started();
  next.worker.onerror = () => { waiting.length = 0; }; // the job starts one of its own, and says what is wrong
  waiting.push(next);
}

// A browser that knows workers of modules asks of which type the worker is to be.
function started() {
  let isModule = false;
  const options = { get type() { isModule = true; return "module"; } };
  const worker = new Worker(new URL("worker.js", import.meta.url), options);
  return { worker, isModule };
}
