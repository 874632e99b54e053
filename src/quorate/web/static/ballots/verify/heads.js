// An archive held against the heads that the record has of it, from the box's opening on.

import { Refused } from "../refused.js";

// `heads`: { head, ballots } in their order: the SHA-256 of the event that was the last then, and how many
// ballots there were up to it. Throws unless each stands in the archive at its place.
export function holdHeads({ events, last }, heads) {
  const hashes = events.map((_, at) => events[at + 1]?.parent ?? last);
  if (!heads.length) throw another("the record names no head of it");
  for (const { head, ballots } of heads) {
    const at = hashes.indexOf(head);
    const before = events.slice(0, at + 1).filter(({ type }) => type === "Ballot").length;
    if (at < 0 || before !== ballots) throw another(`no event ${head} after ${ballots} ballots`);
  }
  const cast = events.filter(({ type }) => type === "Ballot").length;
  if (cast !== heads.at(-1).ballots) throw another(`${cast} ballots, and the record says ${heads.at(-1).ballots}`);
}
const another = (why) => new Refused("another-box", why);
