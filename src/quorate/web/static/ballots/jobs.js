// What a worker can be asked to do, by name. A job takes plain data, and `tell(stage, done, of)`; what is
// given as a file is read here, so that a trustee's key never lies in the page.

import * as trustee from "./trustee.js";
import * as voter from "./voter.js";
import { checkBallots } from "./verify/ballot_checks.js";
import { verify } from "./verify/whole.js";

const JOBS = {
  ...voter,
  ...trustee,
  checkBallots,
  verify: ({ content, head = "" }, tell) => verify(content, head, tell),
};

export async function done(job, given, tell) {
  if (!Object.hasOwn(JOBS, job)) throw new Error("there is no such job");
  return JOBS[job](await read(given), tell);
}

// A trustee's file as text, other files as bytes.
async function read(given) {
  const fields = Object.entries(given).map(async ([name, value]) => {
    if (!(value instanceof Blob)) return [name, value];
    return [name, name === "file" ? await value.text() : new Uint8Array(await value.arrayBuffer())];
  });
  return Object.fromEntries(await Promise.all(fields));
}
