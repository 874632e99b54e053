// Casting: the encrypted ballot is sent as it is, without a cookie, as often as it takes. The same bytes are
// one ballot, however often they come.

import { DOOR } from "./words.js";

const AGAIN = [1000, 3000, 8000]; // ms between two attempts
const PATIENCE = 30_000; // ms for one
const LONGEST = 600; // seconds to wait where there is no room at the door, whatever the server says
const ROUNDS = 30; // so often the page waits for room by itself
const GONE = "The connection is gone. The same ballot is being cast again …";

// How it ended. `taken`: the promise, as text, or null. `outside`: whether the server has said that the ballot
// is not in; else nobody knows. `closed`: because voting is over. `said`: sentences.
const ended = (said, { taken = null, outside = false, closed = false } = {}) => ({ taken, outside, closed, said });

// `uncertain`: whether it may have come before; `tell`: is told in a sentence why it is tried again.
export async function cast(election, ballot, { uncertain = false, tell = () => {} } = {}) {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  for (const wait of [...AGAIN, null]) {
    let answer = await sent(election, ballot);
    for (let round = 0; answer?.room && round < ROUNDS; round += 1) {
      tell(`There is no room at the door just now. Your ballot waits on this device, and is cast again in ${answer.room} second${answer.room === 1 ? "" : "s"} …`);
      await pause(answer.room * 1000);
      answer = await sent(election, ballot);
    }
    if (answer && answer.status !== 400 && answer.status < 500) return read(answer, uncertain);
    if (answer?.status === 503) return stopped(answer);
    uncertain = true;
    if (wait === null) break;
    tell(GONE);
    await pause(wait);
  }
  return ended([
    "The server does not answer, so nobody knows yet whether your ballot came.",
    "Look at your connection, then cast it again: the very same ballot is sent, and it counts once.",
  ]);
}

// What was answered; null for nothing. `room`: in how many seconds there is room at the door, where there is
// none now; 0 where that is not the matter.
async function sent(election, body) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(`/api/ballots/${election}`, {
      method: "POST", body, headers: { "Content-Type": "application/json" },
      credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal: patience.signal,
    });
    const after = answer.status === 503 ? Number(answer.headers.get("Retry-After")) : 0;
    return { status: answer.status, text: await answer.text(), room: after > 0 ? Math.min(after, LONGEST) : 0 };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function read({ status, text }, uncertain) {
  const told = parsed(text);
  if (status === 200) return ended([], { taken: text });
  if (status === 404) {
    const whether = uncertain ? "Whether your ballot came before shows when you check the box." : "This ballot was not cast.";
    return ended([told.error ?? "The server knows no such ballot box.", whether], { outside: !uncertain, closed: true });
  }
  if (status === 409 && told.kind === "repeated") return ended([DOOR.repeated]);
  if (status === 409) return ended([DOOR[told.kind] ?? DOOR.form], { outside: true });
  if (status === 413) return ended([DOOR.length], { outside: true });
  return ended(["The server answers as it should not. Load the page again, and cast it again: it counts once."]);
}

const stopped = ({ text }) => ended([
  parsed(text).error ?? "The server takes nothing just now.",
  "Your ballot waits in this browser. Cast it again in a few minutes: it counts once.",
]);

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
