// Whether the scripts that this browser gets are those that the server says, and those that it got before. A
// page that lies can lie about itself: that others compare the same hash is what catches it.

import { hex, utf8 } from "../proof.js";

const LINE = /^([0-9a-f]{64}) {2}((?:[\w-]+\/)*[\w-]+\.js)$/;
const sha256 = async (bytes) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
const place = (origin) => `quorate/scripts/${origin}`;

// How it came out, then sentences: for the check page.
export async function compared({ origin }) {
  const answer = await fetch("/scripts", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return ["not checked", "The server gave no list of its scripts. Load the page again."];
  const manifest = await answer.text();
  const hash = await sha256(utf8.encode(manifest));
  const lines = manifest.split("\n").slice(0, -1).map((line) => LINE.exec(line));
  const other = await Promise.all(lines.map(async (line) => {
    if (!line) return "a line that names none";
    const got = await fetch(`/static/${line[2]}`).catch(() => null);
    return got?.ok && (await sha256(await got.arrayBuffer())) === line[1] ? "" : line[2];
  }));
  const wrong = other.filter(Boolean);
  if (wrong.length) return ["WRONG", `This browser got another script than the server lists: ${wrong.join(", ")}. Load the page again; if it stays so, vote on no page of this server, and tell your branch.`];
  const before = localStorage.getItem(place(origin));
  localStorage.setItem(place(origin), hash);
  if (before && before !== hash) return ["changed", `Their hash was ${before} when this browser came last, and is ${hash} now. A new version of the software changes it: compare it with your branch, or another organisation.`];
  return ["right", `Their hash is ${hash}${before ? ", as before" : ""}. Compare it with somebody else’s: the command quorate ballots scripts shows it, too.`];
}
