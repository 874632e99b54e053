// Public data (section 4.4): an archive's records, and the chain of events that refers to them. Its form is
// checked here, and that the events follow each other as the specification's table has them; what they say
// is checked in verify/.

import * as tar from "./tar.js";
import { sha256Hex } from "./bytes.js";
import { readSetupData } from "./elections.js";
import { canonical, hashHex, one, optional, record, small, string } from "./json_form.js";
import { Malformed, Refused } from "./refused.js";
import { readSizedTally } from "./tally.js";

const FOLLOWS = new Map([
  [undefined, ["Setup"]],
  ["Setup", ["Ballot", "EndBallots"]],
  ["Ballot", ["Ballot", "EndBallots"]],
  ["EndBallots", ["EncryptedTally"]],
  ["EncryptedTally", ["Shuffle", "PartialDecryption"]],
  ["Shuffle", ["Shuffle", "EndShuffles"]],
  ["EndShuffles", ["PartialDecryption"]],
  ["PartialDecryption", ["PartialDecryption", "Result"]],
  ["Result", []],
]);
const WITHOUT_PAYLOAD = ["EndBallots", "EndShuffles"];

const readEvent = (bytes) => canonical(bytes, record({
  parent: optional(hashHex), height: small, type: string, payload: optional(hashHex),
}));
const readHeader = (bytes) => canonical(bytes, record({ version: one(1), timestamp: string }));
// Whose a shuffle or a partial decryption is (sections 4.19 and 4.20). `payload`: SHA-256 of what they made.
export const readOwned = (bytes) => canonical(bytes, record({ owner: small, payload: hashHex }));

// What a payload refers to in its turn.
const INNER = {
  Setup: (bytes) => Object.values(readSetupData(bytes)),
  EncryptedTally: (bytes) => [readSizedTally(bytes).encrypted_tally],
  Shuffle: (bytes) => [readOwned(bytes).payload],
  PartialDecryption: (bytes) => [readOwned(bytes).payload],
};

// { data, events, hashes, last }: what events refer to, by its SHA-256; the events in their order, and the
// SHA-256 of each, which stands for all until there; that of the last. Throws unless everything is in form.
export function read(content) {
  const [first, ...records] = tar.read(content);
  if (!first) throw bad("form", "the file is empty");
  if (first.name !== "BELENIOS") throw bad("form", `it begins with "${first.name}", not with BELENIOS`);
  const { timestamp } = inForm("BELENIOS", () => readHeader(first.body));
  if (timestamp !== String(first.time)) throw bad("form", "BELENIOS: not the time of the record");

  const [data, events, unused, ballots, twice] = [new Map(), [], new Set(), new Set(), []];
  const hashes = [];
  for (const { name, time, body } of records) {
    const hash = sha256Hex(body);
    const isData = name === `${hash}.data.json`;
    if (!isData && name !== `${hash}.event.json`) throw bad("form", `"${name}" is not what its name says`);
    if (time !== first.time) throw bad("form", `${short(hash)} has a time of its own`);
    if (isData) {
      if (data.has(hash)) twice.push(hash);
      data.set(hash, body);
      unused.add(hash);
      continue;
    }
    const event = inForm("an event", () => readEvent(body));
    const here = `event ${events.length} (${event.type})`;
    if (!FOLLOWS.get(events.at(-1)?.type).includes(event.type)) throw bad("order", `${here} may not stand there`);
    if (event.height !== events.length) throw bad("chain", `${here} says that its height is ${event.height}`);
    if (event.parent !== hashes.at(-1)) throw bad("chain", `${here} does not name the event before it as its parent`);
    if (event.type === "Ballot" && ballots.has(event.payload)) {
      throw bad("repeated", `${here} casts the very ballot again that another cast`);
    }
    ballots.add(event.payload);
    for (const used of usedBy(event, here, data)) unused.delete(used);
    events.push(event);
    hashes.push(hash);
  }
  if (twice.length) throw bad("repeated", `${short(twice[0])} stands in the archive twice`);
  for (const hash of unused) throw bad("payload", `no event refers to ${short(hash)}`);
  if (!hashes.length) throw bad("order", "there is no event, not even Setup");
  return { data, events, hashes, last: hashes.at(-1) };
}

// The payloads of the events of this type, in order.
export const payloads = ({ data, events }, type) =>
  events.filter((event) => event.type === type).map(({ payload }) => data.get(payload));
export const stageOf = ({ events }) => events.at(-1).type;

// The data that an event refers to, directly and through its payload.
function usedBy({ type, payload }, here, data) {
  if (WITHOUT_PAYLOAD.includes(type)) {
    if (payload !== undefined) throw bad("payload", `${here} has a payload, and must have none`);
    return [];
  }
  const inner = data.has(payload) ? inForm(here, () => INNER[type]?.(data.get(payload)) ?? []) : [payload];
  for (const hash of inner) {
    if (!data.has(hash)) throw bad("payload", `${here}: what it refers to does not stand before it`);
  }
  return [payload, ...inner];
}

const short = (hash) => `${hash.slice(0, 12)}…`;
const bad = (kind, why) => new Refused(`archive-${kind}`, why);
function inForm(name, read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw bad(error.code === "not-canonical" ? "canonical" : "form", `${name}: ${error.message}`);
  }
}
