// Whether what the server says of a ballot box stands in the record that the key which this browser knows has
// signed.

import { checkReceipt, hex, utf8 } from "../proof.js";
import { known } from "../receipts.js";
import { problem } from "./words.js";

const sha256Hex = async (text) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text))));

const OF_A_BOX = ["secret.box_opened", "secret.box_grew", "secret.box_closed"];

// { entry, signed, keys } of the entry that names this head of the election's box. Throws what is to be said.
export async function headOnRecord({ election, entry, head, key, origin }) {
  const answer = await fetch(`/record/${entry}/receipt`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) throw Object.assign(new Error("no receipt"), { code: "not-loaded" });
  const text = await answer.text();
  try {
    const keys = await known({ key, origin });
    const { entry: read, signed } = await checkReceipt(text, keys);
    const right = OF_A_BOX.includes(read.act) && read.body.of === Number(election) && read.seq === Number(entry);
    if (!right || read.body.head !== head) throw new Error("the entry says something else");
    return { entry: read, signed, keys };
  } catch (trouble) {
    if (trouble.name === "QuotaExceededError") throw trouble;
    throw problem(`WRONG: what the server says of this ballot box does not stand in the record: ${trouble.message}. Do not vote on this page. Tell your branch, and a trustee.`);
  }
}

// The hash of a box's first event, Setup (section 4.4 of the Belenios specification). `asked`: the
// election's text; `description`: the register's; `roll`: the roll's SHA-256.
export async function setupHead({ asked, description, roll }) {
  const { trustees } = JSON.parse(description);
  const setup = JSON.stringify({ election: await sha256Hex(asked), trustees, credentials: roll });
  return sha256Hex(JSON.stringify({ height: 0, type: "Setup", payload: await sha256Hex(setup) }));
}
