// What a receipt proves, checked on this device. It asks no server what is true: it hashes what the
// receipt holds, and compares (C2SP signed-note, tlog-proof, tlog-cosignature; RFC 6962).
// Signatures are checked by the browser itself (WebCrypto, Ed25519).

export const utf8 = new TextEncoder();
const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
};
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const base64 = (text) => {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) throw new Wrong("it is damaged");
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
};
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

// Why something proves nothing, in words for whoever holds it.
export class Wrong extends Error {}
export class Replaced extends Wrong {
  constructor(entry) {
    super(`the record’s key was replaced at entry ${entry} without the old one’s signature. Compare the new key with your branch, by another way than this server`);
  }
}

// The tree: RFC 6962, section 2.1.
export const leafHash = (entry) => sha256(join([0], entry));
const nodeHash = (left, right) => sha256(join([1], left, right));
const split = (size) => 2 ** (Math.ceil(Math.log2(size)) - 1); // the largest power of two below

// The root over `size` entries that a path from the entry at `index` comes to.
export async function rootOf(path, index, size, leaf) {
  if (index >= size) throw new Wrong("it names a place outside the record");
  if (size === 1) {
    if (path.length) throw new Wrong("its proof is too long");
    return leaf;
  }
  if (!path.length) throw new Wrong("its proof is too short");
  const middle = split(size), beside = path.at(-1), below = path.slice(0, -1);
  return index < middle
    ? nodeHash(await rootOf(below, index, middle, leaf), beside)
    : nodeHash(beside, await rootOf(below, index - middle, size - middle, leaf));
}

// The two roots that a proof of continuation comes to: over `old` entries and over `size`.
export async function rootsOf(proof, old, size, oldRoot, whole = true) {
  if (old === size) {
    if (whole) return [oldRoot, oldRoot, proof];
    if (!proof.length) throw new Wrong("the proof is too short");
    return [proof[0], proof[0], proof.slice(1)];
  }
  const middle = split(size);
  let before, after, left, beside;
  if (old <= middle) {
    [before, after, left] = await rootsOf(proof, old, middle, oldRoot, whole);
    if (!left.length) throw new Wrong("the proof is too short");
    [beside, ...left] = left;
    return [before, await nodeHash(after, beside), left];
  }
  [before, after, left] = await rootsOf(proof, old - middle, size - middle, oldRoot, false);
  if (!left.length) throw new Wrong("the proof is too short");
  [beside, ...left] = left;
  return [await nodeHash(beside, before), await nodeHash(beside, after), left];
}

// Whether a record of `later.size` entries continues the one of `earlier`. Throws Wrong if not.
export async function continues(earlier, later, proof) {
  if (earlier.size > later.size) throw new Wrong("the record has become shorter: its end was cut off");
  const [before, after, left] = await rootsOf(proof, earlier.size, later.size, earlier.root);
  if (left.length || !same(before, earlier.root) || !same(after, later.root)) {
    throw new Wrong("this is another history than the one that was signed before");
  }
}

// A key, name+id+base64(type ‖ key): type 1 signs records, type 4 cosigns them.
export async function readKey(text) {
  const [name, id, ...rest] = text.trim().split("+");
  const typed = base64(rest.join("+"));
  const right = hex((await sha256(join(utf8.encode(`${name}\n`), typed))).slice(0, 4));
  if (right !== id) throw new Wrong("the key is damaged");
  return { name, id, type: typed[0], key: typed.slice(1) };
}

// A signed note: its text, and whose signatures stand under it.
export function readNote(note) {
  const divide = note.lastIndexOf("\n\n") + 1;
  const lines = note.slice(divide + 1).split("\n");
  if (divide < 1 || lines.pop() !== "") throw new Wrong("the signature is missing");
  const signatures = lines.map((line) => {
    const [, name, coded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    if (!name) throw new Wrong("a signature is damaged");
    const bytes = base64(coded);
    return { name, id: hex(bytes.slice(0, 4)), signature: bytes.slice(4) };
  });
  return { text: note.slice(0, divide), signatures };
}

async function verified(key, signature, message) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

// Whether this key signed the note, or cosigned it: then the seconds since 1970, else true. A false
// signature throws Wrong; none gives null.
export async function signedBy(note, key) {
  const { text, signatures } = readNote(note);
  const found = signatures.find((one) => one.name === key.name && one.id === key.id);
  if (!found) return null;
  const time = key.type === 4 ? new DataView(found.signature.buffer).getBigUint64(0) : null;
  const message = time === null ? text : `cosignature/v1\ntime ${time}\n${text}`;
  const proper = time === null ? found.signature : found.signature.slice(8);
  if (!(await verified(key.key, proper, utf8.encode(message)))) {
    throw new Wrong(`the signature of ${key.name} is false`);
  }
  return time === null ? true : Number(time);
}

// A checkpoint that the record's own key over so many entries signed: its name, size and root.
export async function openCheckpoint(note, keys) {
  const key = keys.over(Number(readNote(note).text.split("\n")[1]));
  if (key.type !== 1 || !(await signedBy(note, key))) throw new Wrong("the record's keeper has not signed it");
  const [origin, size, root] = readNote(note).text.split("\n");
  if (origin !== key.name) throw new Wrong("it is of another record");
  if (!/^(0|[1-9]\d{0,15})$/.test(size)) throw new Wrong("it names no size");
  return { origin, size: Number(size), root: base64(root), note };
}

// The record's keys, from the one that this browser knows to the one that signs now. `changes`: every
// change of them, as the record has it. Each is believed for the signatures of the keys on both sides
// (Ed25519) over the statement of it; one that the old key did not sign leads nowhere from there, nor
// one that begins with other keys than those that the change before it ended with.
export async function keysFrom(known, current, origin, changes) {
  const links = [{ from: -1, key: changes.length ? changes[0].old[0] : current }];
  for (const { entry, new: next } of changes) links.push({ from: entry, key: next[0] });
  const at = links.findLastIndex((link) => link.key === known);
  if (at < 0 || links.at(-1).key !== current) {
    throw new Wrong("this server signs with another key than when this browser first came");
  }
  for (const [place, change] of changes.entries()) {
    const agreed = change.old_signature !== "";
    const before = place ? changes[place - 1].new : change.old;
    if (change.number !== place + 1 || change.old.join(" ") !== before.join(" ")) {
      throw new Wrong(`the change of the record’s key in entry ${change.entry} does not follow the one before it`);
    }
    if (!agreed && place >= at) throw new Replaced(change.entry);
    const stated = [
      "quorate/keys/1", origin, change.number, agreed ? "rotate" : "replace",
      ...change.old.map((key) => `old ${key}`), ...change.new.map((key) => `new ${key}`), "",
    ].join("\n");
    const signed = async (key, signature) =>
      verified((await readKey(key)).key, base64(signature), utf8.encode(stated));
    if (!(await signed(change.new[0], change.new_signature))
      || (agreed && !(await signed(change.old[0], change.old_signature)))) {
      throw new Wrong(`the change of the record’s key in entry ${change.entry} is not signed by its keys`);
    }
  }
  for (const link of links) link.read = await readKey(link.key);
  return { followed: changes.slice(at), over: (size) => links.findLast((link) => link.from < size).read };
}

// What a thing commits to, with its salt (32 bytes in hex): what the record holds in its place.
export async function commitment(domain, salt, payload) {
  if (!/^[0-9a-f]{64}$/.test(salt)) throw new Wrong("it has no proper salt");
  const salted = Uint8Array.from(salt.match(/../g), (two) => parseInt(two, 16));
  return hex(await sha256(join(utf8.encode(domain), [0], salted, payload)));
}

const partsOf = (receipt, name) => {
  const part = new RegExp(`^-----BEGIN ${name}-----\n([^]*?)^-----END ${name}-----$`, "mg");
  return [...receipt.matchAll(part)].map(([, inside]) => inside);
};
const partOf = (receipt, name) => {
  const [found] = partsOf(receipt, name);
  if (found === undefined) throw new Wrong("it is no receipt");
  return found;
};

// The entry that a receipt is of. Throws Wrong if what it opens is not what the entry commits to.
export async function entryOf(receipt) {
  const entry = JSON.parse(partOf(receipt, "ENTRY"));
  for (const line of partsOf(receipt, "OPENING")) {
    const { commitment: named, domain, payload, salt } = JSON.parse(line);
    const held = Object.values(entry.body).includes(named);
    if (!held || named !== (await commitment(domain, salt, base64(payload)))) {
      throw new Wrong("the text or vote that it opens is not the one in its entry");
    }
  }
  return entry;
}

// The changes of the record's keys that a receipt holds, as ``keysFrom`` reads them.
export const changesIn = (receipt) => partsOf(receipt, "KEYS").map((line) => {
  const { seq, act, body } = JSON.parse(line);
  const [newSignature] = body.new_signatures, [oldSignature] = act === "keys.rotate" ? body.old_signatures : [""];
  return { entry: seq, number: body.number, old: body.old, new: body.new, old_signature: oldSignature, new_signature: newSignature };
});

// What a receipt proves, under the record's keys: its entry, and the record that was signed then.
export async function checkReceipt(receipt, keys) {
  const entry = partOf(receipt, "ENTRY").replace(/\n$/, "");
  const [head, ...rest] = partOf(receipt, "PROOF").split("\n\n");
  const [kind, place, ...path] = head.split("\n");
  if (kind !== "c2sp.org/tlog-proof@v1") throw new Wrong("its proof is in another format");
  const index = Number(/^index (0|[1-9]\d{0,15})$/.exec(place)?.[1] ?? NaN);
  const signed = await openCheckpoint(rest.join("\n\n"), keys);
  const root = await rootOf(path.map(base64), index, signed.size, await leafHash(utf8.encode(entry)));
  if (!same(root, signed.root)) throw new Wrong("its act does not stand in the record that was signed");
  const read = await entryOf(receipt);
  if (read.seq !== index) throw new Wrong("its act names another place");
  return { entry: read, index, signed };
}
