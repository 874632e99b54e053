// The keys with which trustees of a threshold talk to each other (section 4.6.1), and their channels
// (section 4.6.3): a message is signed by its sender and encrypted for one recipient. AES-GCM is the
// browser's own.

import * as schnorr from "./schnorr.js";
import { randomText } from "./base58.js";
import { hex, number, sha256, text, unhex } from "./bytes.js";
import { element, proof } from "./common.js";
import { randomScalar } from "./groups/group.js";
import { canonical, dump, dumped, one, record, string } from "./json_form.js";
import { Malformed, Refused } from "./refused.js";

// The secret from which a trustee's keys are derived: 22 characters of Base58, 128 bits.
export const newSeed = () => randomText(22);

export const derived = (group, purpose, seed) => number(sha256(`${purpose}|${seed}`)) % group.q;

export function keys(group, seed) {
  const [sk, dk] = ["sk", "dk"].map((purpose) => derived(group, purpose, seed));
  return { sk, dk, verification: group.secretPower(group.g, sk), encryption: group.secretPower(group.g, dk) };
}

export const signedMessage = (group) => record({ message: string, signature: proof(group) });
export const sign = (group, sk, message) => ({ message, signature: schnorr.prove(group, sk, prefix(message)) });
// Whether the holder of the verification key vk signed the message.
export const verify = (group, vk, { message, signature }) => schnorr.verify(group, vk, prefix(message), signature);
const prefix = (message) => `sigmsg|${message}|`;

export const notForUs = (why) => new Refused("not-for-us", why);

// The message, signed with sk and encrypted for the holder of the encryption key.
export async function send(group, sk, recipient, message) {
  const signed = dumped(sign(group, sk, dump({ recipient, message })));
  const [r, shared] = [randomScalar(group), group.secretPower(group.g, randomScalar(group))];
  const alpha = group.secretPower(group.g, r);
  const beta = group.multiply(group.secretPower(recipient, r), shared);
  const { key, iv } = await cipher(group, shared, alpha);
  const data = hex(new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, signed)));
  signed.fill(0);
  return dump({ algorithm: "AES-GCM", alpha, beta, data });
}

// What `sender`, a verification key, has sent to `recipient`, whose private key is dk.
export async function receive(group, dk, recipient, sender, sent) {
  try {
    const signed = canonical(await decrypt(group, dk, sent), signedMessage(group));
    if (!verify(group, sender, signed)) throw notForUs("the signature does not hold");
    const channel = canonical(signed.message, record({ recipient: string, message: string }));
    if (channel.recipient !== group.write(recipient)) throw notForUs("it was sent to somebody else");
    return channel.message;
  } catch (error) {
    throw error instanceof Malformed ? notForUs(error.message) : error;
  }
}

async function decrypt(group, dk, sent) {
  const { alpha, beta, data } = canonical(
    sent, record({ algorithm: one("AES-GCM"), alpha: element(group), beta: element(group), data: string }));
  const { key, iv } = await cipher(group, group.divide(beta, group.secretPower(alpha, dk)), alpha);
  if (!/^(?:[0-9a-f]{2})*$/.test(data)) throw new Malformed("not in hexadecimal", "data");
  try {
    return text(new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, unhex(data))));
  } catch {
    throw notForUs("it cannot be decrypted");
  }
}

// AES-GCM under the SHA-256 of the shared element, and its initialization vector.
async function cipher(group, shared, alpha) {
  const raw = sha256(`key|${group.write(shared)}`);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  raw.fill(0);
  return { key, iv: sha256(`iv|${group.write(alpha)}`) };
}
