// The server's promise that a ballot goes into the box (record/promise.py): a note that the record's key has
// signed.

import { readKey, readNote, signedBy, Wrong } from "../proof.js";

const TEXT = /^([^\n]+)\nquorate ballot promise\nelection ([1-9]\d{0,12})\nballot ([0-9a-f]{64})\ndue ([1-9]\d{0,14})\n$/;

// { due }: ms since 1970. Throws Wrong unless this key has promised it for this ballot, by the time at which
// voting `closes` at the latest: a promise for later would never be broken. `hash`: the ballot's SHA-256 in
// hexadecimal.
export async function readPromise(note, { key, origin, election, hash, closes }) {
  const reader = await readKey(key);
  if (!(await signedBy(note, reader))) throw new Wrong("the record’s key has not signed it");
  const [, record, number, ballot, due] = TEXT.exec(readNote(note).text) ?? [];
  if (record === undefined) throw new Wrong("it is no promise about a ballot");
  if (record !== origin || Number(number) !== Number(election)) throw new Wrong("it is for another election");
  if (ballot !== hash) throw new Wrong("it is for another ballot");
  if (Number(due) > Number(closes)) throw new Wrong("it is for a time after voting has closed");
  return { due: Number(due) };
}
