// A register's file: a line of JSON for each part, each ended by a newline, in the order in which the parts
// came about.

import { text } from "./bytes.js";
import { proof } from "./common.js";
import { answerReader } from "./non_homomorphic.js";
import { canonical, dump, each, hashHex, record, small, string } from "./json_form.js";
import { at, Malformed } from "./refused.js";
import { readPartialDecryption } from "./decryption.js";
import { readShuffle } from "./shuffles.js";

const ORDER = ["description", "trustees", "claim", "shuffle", "decryption", "roll"];
const any = (value) => value; // read by register.js
const again = (read) => (value) => read(dump(value));

// { description, trustees, claims, shuffles }; the rest of the file is only looked at for its form.
export function readRegisterFile(group, content) {
  const made = { owner: small, before: hashHex };
  const kinds = {
    description: record({ description: any }),
    trustees: record({ trustees: any }),
    claim: record({ voter: string, claim: answerReader(group) }),
    shuffle: record({ ...made, shuffle: again((given) => readShuffle(group, given)), signature: proof(group) }),
    decryption: record({
      ...made, decryption: again((given) => readPartialDecryption(group, given)), signature: proof(group),
    }),
    roll: record({ roll: each(string) }),
  };
  const found = { description: [], trustees: [], claim: [], shuffle: [], decryption: [], roll: [] };
  const lines = text(content).split("\n");
  if (lines.pop() !== "") throw new Malformed("the last line breaks off");
  let last = 0;
  for (const [place, line] of lines.entries()) {
    at(`line ${place + 1}`, () => {
      const kind = kindOf(line);
      if (!kind || ORDER.indexOf(kind) < last) throw new Malformed("it does not belong here");
      last = ORDER.indexOf(kind);
      found[kind].push(canonical(line, kinds[kind]));
    });
  }
  if (found.description.length !== 1 || found.trustees.length !== 1) {
    throw new Malformed("not one description, and the trustees of one register");
  }
  return {
    description: found.description[0].description, trustees: found.trustees[0].trustees,
    claims: found.claim, shuffles: found.shuffle,
  };
}

function kindOf(line) {
  try {
    const value = JSON.parse(line);
    return ORDER.find((name) => Object.hasOwn(value, name));
  } catch {
    throw new Malformed("not JSON");
  }
}
