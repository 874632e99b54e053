// The file that a trustee keeps: a seed, from which all their keys follow, and what it is for, so that a
// file of another register or election is noticed before anything is done with it.

import { derived, newSeed } from "./pki.js";
import { canonical, dump, one, record, string } from "./json_form.js";
import { Malformed, Refused } from "./refused.js";
import { ALPHABET } from "./base58.js";

const KIND = "quorate/trustee/1";
const SEED = new RegExp(`^[${ALPHABET}]{22}$`);

// A new one. `purpose`: what the page calls the register or election, the same whenever it is asked.
export const newTrusteeFile = (purpose) => `${dump({ kind: KIND, for: purpose, seed: newSeed() })}\n`;

// The seed in a file.
export function seedIn(file, purpose) {
  let read;
  try {
    read = canonical(file.trim(), record({ kind: one(KIND), for: string, seed: string }));
    if (!SEED.test(read.seed)) throw new Malformed("no seed", "seed");
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Refused("not-a-trustee-file", `this is not the file that a trustee keeps, or it is damaged: ${error.message}`);
  }
  if (read.for !== purpose) throw new Refused("another-file", `this file is for "${read.for}"`);
  return read.seed;
}

// The key of a trustee who is alone, from their seed.
export const singleKey = (group, seed) => derived(group, "quorate single trustee", seed);
