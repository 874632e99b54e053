// The voting key that this browser holds for whoever reads the page, once it is known to be on the roll.

import { NotDone, work } from "../../ballots/booth.js";
import { hex } from "../proof.js";
import { holders, kept, settled } from "./kept.js";
import { problem } from "./words.js";

// `bring`: it helps to bring the key from elsewhere.
const elsewhere = (said) => Object.assign(problem(said), { bring: true });

// { of, own }: whose it is, and what is kept. `me`: the member, or "" where nobody is signed in: then it is
// that of the only key for this purpose. Throws what is to be said.
export function ownKey({ me, purpose, claim }) {
  const here = me ? [me] : holders(purpose);
  if (here.length > 1) throw problem("This browser keeps the voting keys of several members. Sign in, so that it takes yours.");
  const of = { purpose, me: here[0] ?? "" };
  const own = of.me ? (me ? settled(of, claim) : kept(of)) : null;
  if (!own?.credential) {
    throw (me ? elsewhere : problem)("This browser does not hold your voting key. It lies in the browser in which you claimed it. Vote there, or bring it here by its code or its file.");
  }
  if (me && own.claim && own.claim !== claim) {
    throw elsewhere("You have claimed another key since, on another device or in another browser. The one that this browser holds counts no more. Bring the newer one here.");
  }
  return { of, own };
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
