// Handing in an act from a page that stays where it is: signed by the member's device where one signs, and
// answered with its entry, or with what is to be said.

import { doing, keep } from "../receipts.js";
import { sign } from "../signing.js";
import { hex } from "../proof.js";

const AGAIN = [1000, 3000, 8000]; // ms; under one key it is done once, however often it is sent

// Why nothing was handed in. `said`: sentences; `status`: the server's, 0 where it did not answer.
export class NotTaken extends Error {
  constructor(status, said) {
    super(said.join(" "));
    Object.assign(this, { status, said });
  }
}

// The number of the entry. `to`: the address below which acts are done; `me`: the member, or "".
export async function handIn(to, act, fields, { me, token }) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${to}${act}`;
  const all = { csrfmiddlewaretoken: token, "idempotency-key": hex(crypto.getRandomValues(new Uint8Array(16))), ...fields };
  for (const [name, value] of Object.entries(all)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  doing(act);
  if (me) await sign(form).catch((trouble) => { throw new NotTaken(0, [trouble.message]); });
  const answer = await sent(form);
  const told = await answer.json().catch(() => ({}));
  if (answer.status !== 201) {
    throw new NotTaken(answer.status, told.said ?? ["The server could not take it. Load the page again, and see how far it has come."]);
  }
  if (me) keep(me, String(told.entry)).catch(() => {}); // My receipts asks for it
  return told.entry;
}

async function sent(form) {
  for (const wait of [...AGAIN, null]) {
    try {
      return await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    } catch {
      if (wait === null) break;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  throw new NotTaken(0, ["The server does not answer. Look at your connection, then load the page again: it shows whether it was handed in."]);
}
