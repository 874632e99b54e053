// The voting key of whoever reads the page, once it is known to be on the roll: kept by this browser for who is
// signed in, or typed as its code by who is not. Where nobody is signed in a kept key is nobody's to use: on a
// shared computer it is somebody else's.

import { NotDone, work } from "../../ballots/booth.js";
import { hex, utf8 } from "../proof.js";
import { holders, kept, settled } from "./kept.js";
import { problem } from "./words.js";

// `bring`: it helps to bring the key from elsewhere.
const elsewhere = (said) => Object.assign(problem(said), { bring: true });

// { of, own }: whose it is, and what is kept for the member `me`. Throws what is to be said.
export function keptKey({ me, purpose, claim }) {
  const of = { purpose, me };
  const own = settled(of, claim);
  if (!own?.credential) {
    throw elsewhere("This browser does not hold your voting key. It lies in the browser in which you claimed it. Vote there, or bring it here by its code or its file.");
  }
  if (own.claim && own.claim !== claim) {
    throw elsewhere("You have claimed another key since, on another device or in another browser. The one that this browser holds counts no more. Bring the newer one here.");
  }
  return { of, own };
}

// The same for a code that was typed. Where this browser keeps that key, it is whose it is kept for; else it has
// the name that its SHA-256 gives. Throws where it is no code of a key.
export async function typedKey({ purpose, phi }, typed) {
  const credential = typed.replaceAll(/\s/g, "");
  await work("onRoll", { roll: "[]", uuid: phi, credential });
  const me = holders(purpose).find((one) => kept({ purpose, me: one })?.credential === credential)
    ?? `code ${hex(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(credential))))}`;
  return { of: { purpose, me }, own: { credential, claim: "" } };
}

// Whether the key stands on the roll that the record names. `roll`: its SHA-256.
export async function standsOnRoll({ register, roll, phi, credential }) {
  const answer = await fetch(`/registers/${register}/roll`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) throw new NotDone("not-loaded", "no roll");
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))) !== roll) {
    throw problem("The roll that the server gave is not the one that the record names. Tell your branch.");
  }
  return work("onRoll", { roll: new TextDecoder().decode(bytes), uuid: phi, credential });
}
