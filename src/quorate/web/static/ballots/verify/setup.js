// The first stages: the archive as such, the election, its trustees, its roll.

import * as archives from "../archive.js";
import * as trustees from "../trustees.js";
import { readRoll } from "../credentials.js";
import { readElection, readSetupData } from "../elections.js";
import { Malformed, Refused } from "../refused.js";

// The archive, in form, and the one that the record's head stands for. `head`: the SHA-256 of its last
// event, "" where there is none to hold it against.
export function verifyArchive(content, head) {
  const archive = archives.read(content);
  if (head && archive.last !== head) {
    throw new Refused("another-head", `its last event is ${archive.last}, and the record says ${head}`);
  }
  return archive;
}

// The same of a box that is closed, and may have been shuffled and decrypted since: the head stands for it
// as it was closed, with its tally, so no ballot in it is another.
export function verifyClosed(content, head) {
  const archive = archives.read(content);
  const tally = archive.events.findIndex(({ type }) => type === "EncryptedTally");
  const place = archive.hashes.indexOf(head);
  if (place < 0 || (tally >= 0 && place < tally)) {
    throw new Refused("another-head", `the record says that it was closed with ${head}, which does not stand in it`);
  }
  return archive;
}

// What the election began with: the election and its bytes, its trustees, the weights of the credentials on the roll.
export function verifySetup(archive) {
  const hashes = readSetupData(archives.payloads(archive, "Setup")[0]);
  const data = (name) => archive.data.get(hashes[name]);
  const raw = data("election");
  const election = named("election", () => readElection(raw));
  const { group } = election;
  const appointed = named("trustees", () => {
    const read = trustees.readTrustees(group, data("trustees"));
    trustees.verify(group, read);
    return read;
  });
  if (!group.equal(trustees.combinedKey(group, appointed), election.public_key)) {
    throw new Refused("trustees", "the election's public key is not the trustees'; somebody else could decrypt");
  }
  const roll = named("roll", () => readRoll(group, data("credentials")));
  return { raw, election, trustees: appointed, roll };
}

// What `read` gives; what it finds malformed is refused by the name of the stage.
export function named(stage, read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed) && error.code !== "bad-trustees") throw error;
    throw new Refused(error.code === "not-canonical" ? "archive-canonical" : stage, error.message);
  }
}
