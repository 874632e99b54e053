// Credentials (section 4.8): what a ballot is signed with, and the roll of their public parts.

import { ALPHABET, randomText } from "./base58.js";
import { sha256Hex } from "./bytes.js";
import { canonical, each, string } from "./json_form.js";
import { Malformed, Refused } from "./refused.js";

const GROUPS = [5, 6, 5, 6];
const CREDENTIAL = new RegExp(`^${GROUPS.map((size) => `[${ALPHABET}]{${size}}`).join("-")}$`);

// A secret credential, of 128 bits from the browser's generator.
export const newCredential = () => GROUPS.map(randomText).join("-");

// x = secret(c): the key that the credential stands for in the election, or the register, `uuid`.
export function secret(group, uuid, credential) {
  if (!CREDENTIAL.test(credential)) {
    throw new Refused("not-a-credential", "not XXXXX-XXXXXX-XXXXX-XXXXXX in Base58");
  }
  const digits = [0, 1].map((i) => sha256Hex(`derive_credential|${uuid}|${i}|${credential}`)).join("");
  return BigInt(`0x${digits}`) % group.q;
}

// g^secret(c), which goes on the roll.
export const publicKey = (group, uuid, credential) => group.secretPower(group.g, secret(group, uuid, credential));

// The roll: its keys' texts, each with its weight. Throws Malformed where one is no key, or
// stands on it twice.
export function readRoll(group, bytes) {
  const roll = new Map();
  const read = (value) => {
    const [, key, , weight = "1"] = /^([^,]*)(,(0|[1-9][0-9]{0,17}))?$/.exec(string(value)) ?? [];
    if (group.equal(group.read(key), group.one)) throw new Malformed("no key");
    if (roll.has(key)) throw new Malformed("it stands on the roll twice");
    roll.set(key, BigInt(weight));
    return value;
  };
  canonical(bytes, each(read));
  return roll;
}
