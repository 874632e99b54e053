// What a trustee's page hands in at each step, made in workers with the trustee's file; and what of the
// record it holds against its proof before anything is decrypted.
//
// `on`: { now, file, purpose, tell, whole, proof, key, origin }: what the server said last, the chosen file,
// and the page's addresses.

import { NotDone, work } from "../../ballots/booth.js";
import { known, witnesses } from "../receipts.js";
import { checkReceipt } from "../proof.js";

export const problem = (...said) => Object.assign(new Error(said.join(" ")), { said });

export const about = ({ group, size, needed, index }, purpose) => ({ group, purpose, size, needed, index });

// [act, fields] of each step; null where the server has nothing to be handed in.
export const MAKES = {
  certify: async (on) => ["secret.certify", { register: on.register, certificate: await work("again", own(on), on) }],
  share: async (on) => ["secret.share", {
    register: on.register,
    polynomial: await work("share", { ...own(on), certificates: on.now.certificates }, on),
  }],
  confirm: async (on) => ["secret.confirm", {
    register: on.register,
    voutput: await work("confirm", { ...own(on), certificates: on.now.certificates, polynomials: on.now.polynomials }, on),
  }],
  mix: async (on) => {
    const { before, shuffle, signature } = await work("mixRegister", await theRegister(on), on);
    return ["secret.mix", { register: on.register, before, shuffle, signature }];
  },
  decrypt: async (on) => {
    const { before, decryption, signature } =
      await work("decryptRegister", { ...(await theRegister(on)), before: on.now.before }, on);
    return ["secret.decrypt_roll", { register: on.register, before, decryption, signature }];
  },
  roll: async (on) => ("roll" in on.now.stating ? ["secret.roll", on.now.stating] : null),
  shuffle: async (on) => {
    const made = await work("shuffleBox", await theBox(on), on);
    const signature = await work("signShuffle", { ...own(on), phi: on.now.phi, ...made }, on);
    return ["secret.shuffle_box", { election: on.now.election, ...made, signature }];
  },
  open: async (on) => {
    const given = { ...own(on), ...(await theBox(on)), voutput: on.now.voutput, before: on.now.before };
    const { before, partial, signature } = await work("decryptBox", given, on);
    return ["secret.decrypt_box", { election: on.now.election, before, decryption: partial, signature }];
  },
  result: async (on) => ("election" in on.now.stating ? ["secret.result", on.now.stating] : null),
};

const own = ({ now, file, purpose }) => ({ ...about(now, purpose), file });

async function bytes(address) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new NotDone("not-loaded", "");
  return new Uint8Array(await answer.arrayBuffer());
}

const theRegister = async ({ now, file, purpose, whole }) => ({
  content: await bytes(whole), phi: now.phi, fewest: now.fewest, file, purpose, voutput: now.voutput,
});

// The box, and its head as the entry has it by which it was closed: none that the server only says.
const theBox = async (on) => ({
  content: await bytes(on.now.archive), head: (await closing(on)).entry.body.head, fewest: on.now.fewest,
});

// An entry and the checkpoint over it, by its receipt: as the key that this browser knows has signed it.
async function proven(on, number, what) {
  const answer = await fetch(on.proof.replace("ENTRY", number), { cache: "no-store" });
  if (!answer.ok) throw new NotDone("not-loaded", "");
  const receipt = await answer.text();
  return known(on).then((keys) => checkReceipt(receipt, keys)).catch((trouble) => {
    throw problem(`The proof that ${what} stands in the record does not hold: ${trouble.message}. Nothing was decrypted. Tell your branch, and another trustee.`);
  });
}
const right = (holds) => { if (!holds) throw new NotDone("another-head", ""); };

async function closing(on) {
  const found = await proven(on, on.now.closing, "the closed box");
  right(found.entry.act === "secret.box_closed" && found.entry.body.of === on.now.election);
  return found;
}
async function shuffled(on) {
  const found = await proven(on, on.now.shuffle, "the shuffle");
  const { act, body } = found.entry;
  right(act === "secret.shuffle_box" && body.election === on.now.election && body.shuffle === on.now.before);
  return found;
}
async function mixed(on) {
  const found = await proven(on, on.now.mix, "the mix");
  const { act, body } = found.entry;
  right(act === "secret.mix" && body.register === Number(on.register) && body.shuffle === on.now.before);
  return found;
}

// What is decrypted, as entries have it: else the server could have another list decrypted, of one voter, or
// a box short of ballots. By the step.
export const SEEN = {
  decrypt: { called: "the mix", proofs: async (on) => [await mixed(on)] },
  open: {
    called: "the closed box",
    proofs: async (on) => [await closing(on), ...(on.now.shuffle === null ? [] : [await shuffled(on)])],
  },
};

// Whether a witness has cosigned the record with all of it; where there is no witness, nobody waits for one.
export async function witnessed(on) {
  const list = JSON.parse(document.getElementById("witnesses").textContent);
  const proofs = await SEEN[on.now.step].proofs(on);
  const by = await Promise.all(proofs.map(({ signed }) => witnesses(list, signed.note)));
  return !list.length || by.every((names) => names.length > 0);
}
