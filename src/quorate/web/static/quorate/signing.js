// Signing what a member does with a key that never leaves this browser.
//
// A form that does an act is held back, the server says what its entry would hold, the browser looks
// whether that is what the form says (chosen.js), signs it (Ed25519), and sends it with the signature.
// Where this browser has no key for the member, or the key does not count yet, the form goes as it is.

import { compared } from "./chosen.js";
import { hex, utf8 } from "./proof.js";

const coded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
const me = document.querySelector('meta[name="member"]')?.content;

// The keys that this browser holds: member → { key, public, origin }. They cannot be taken out of it.
// `origin`: the name of the record, as the page said it when the key was made. It signs for no other.
const cupboard = new Promise((resolve, reject) => {
  const opening = indexedDB.open("quorate", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("devices");
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});
async function drawer(mode, what) {
  const store = (await cupboard).transaction("devices", mode).objectStore("devices");
  const asked = what(store);
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
const own = () => drawer("readonly", (store) => store.get(me));
const keep = (device) => drawer("readwrite", (store) => store.put(device, me));

async function fresh() {
  const keys = await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
  return { key: keys.privateKey, public: coded(await crypto.subtle.exportKey("raw", keys.publicKey)) };
}

// A recovery code is a key that is made from what is written down: 26 letters and digits, 128 bits.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
function written(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("") + "00";
  return bits.match(/.{5}/g).map((five) => LETTERS[parseInt(five, 2)]).join("").match(/.{1,5}/g).join("-");
}
async function fromCode(code) {
  const plain = code.toUpperCase().replaceAll("0", "O").replaceAll("1", "I").replaceAll("8", "B").replace(/[^A-Z2-7]/g, "");
  if (plain.length !== 26) throw new Error("A recovery code has 26 letters and digits.");
  const seed = await crypto.subtle.digest("SHA-256", utf8.encode(`quorate/recovery/1\n${plain}`));
  const pkcs8 = new Uint8Array([...unhex("302e020100300506032b657004220420"), ...new Uint8Array(seed)]);
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "Ed25519" }, true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", key);
  return { key, public: x.replaceAll("-", "+").replaceAll("_", "/") + "=" };
}

// Who hands the very same form in again, as by clicking twice, sends the same signature: so it is one act with
// one receipt. form → { says, at, doing }. A signature is used up by any later one of this browser’s.
const before = new WeakMap();
const LATEST = "quorate/signed";

async function signed(form, device) {
  const says = JSON.stringify([...new FormData(form)].filter(([name]) => !["signed", "filled_in"].includes(name)));
  const last = before.get(form);
  if (last?.says === says && String(last.at) === localStorage.getItem(LATEST)) {
    sessionStorage.setItem("quorate/doing", last.doing);
    return true;
  }
  const action = new URL(form.action);
  const act = action.pathname.replace(/^\/act\//, "").replace(/\/$/, "");
  const at = Date.now();
  const data = new FormData(form);
  data.set("at", at);
  data.set("device", device.public);
  if (act === "lots.commit" && !data.get("number")) {
    data.set("number", hex(crypto.getRandomValues(new Uint8Array(32)))); // drawn here, not by the server
  }
  const answer = await fetch(`/act/${act}/prepare`, { method: "POST", body: data });
  if (!answer.ok) return false; // what is wrong with the form is said when it is handed in
  const { fields, text } = await answer.json();
  if (!text) return false;
  for (const [name, file] of data) {
    if (file instanceof File && file.size) toBeRead(form, name.replace(/-file$/, ""), fields);
  }
  const { wrong, ask } = await compared(text, fields, {
    data, act, by: me, at, origin: device.origin, marks: form.dataset.marks,
  }).catch(() => ({ wrong: ["it cannot be read"] }));
  if (wrong.length) {
    throw new Error(`The server wanted something else signed than what stands here (${wrong.join("; ")}). Nothing was signed or done. Tell your branch.`);
  }
  if (ask.length && !confirm(`The server says, and this browser cannot tell:\n\n${ask.join("\n")}\n\nIs that right, and is it to be signed?`)) {
    throw new Error("Nothing was signed or done.");
  }
  const value = coded(await crypto.subtle.sign({ name: "Ed25519" }, device.key, utf8.encode(text)));
  put(form, "signed", JSON.stringify({ device: device.public, at, value }));
  put(form, "filled_in", JSON.stringify(fields));
  const doing = JSON.stringify({ act, signature: value });
  sessionStorage.setItem("quorate/doing", doing); // receipts.js
  try {
    localStorage.setItem(LATEST, at);
    if (data.get("idempotency-key")) before.set(form, { says, at, doing });
  } catch { /* there is no room: whoever hands it in again signs again */ }
  return true;
}
// What a file holds only the server can read. It is put where it can be looked at, and not signed yet.
function toBeRead(form, field, fields) {
  form.elements[field].value = fields[field].text;
  const title = form.elements[`${field}-title`];
  if (title) title.value ||= fields[field].title;
  form.elements[`${field}-file`].value = "";
  throw new Error("This is what the server read from the file. Nothing was signed or done yet: look through the text, and hand it in.");
}
function put(form, name, value) {
  const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

// The same for a form that another script hands in, which no page need show.
export async function sign(form) {
  const device = me && globalThis.crypto?.subtle ? await own().catch(() => undefined) : undefined;
  if (device) await signed(form, device);
}

const busy = new WeakSet(); // forms that are being signed

async function send(form, device) {
  if (busy.has(form)) return;
  busy.add(form);
  try {
    await signed(form, device);
    form.submit();
  } catch (trouble) {
    const said = Object.assign(document.createElement("div"), { className: "said refusal", role: "alert" });
    said.append(Object.assign(document.createElement("p"), { textContent: trouble.message }));
    form.prepend(said);
  } finally {
    busy.delete(form);
  }
}

if (me && globalThis.crypto?.subtle && globalThis.indexedDB) {
  const device = await own().catch(() => undefined);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const acts = form.method === "post" && new URL(form.action).pathname.startsWith("/act/");
    if (!device || !acts || event.defaultPrevented || form.dataset.signs) return;
    event.preventDefault();
    if (event.submitter?.name) put(form, event.submitter.name, event.submitter.value);
    send(form, device);
  });
  const page = document.querySelector("[data-devices]");
  if (page) arrange(page, device);
}

function arrange(page, device) {
  const row = device && [...page.querySelectorAll("[data-public]")].find((one) => one.dataset.public === device.public);
  const which = row?.querySelector("[data-which]");
  if (which) which.textContent = "This browser";
  const say = (words) => { const place = page.querySelector("[data-said]"); place.textContent = words; place.hidden = false; };
  const add = page.querySelector("[data-add]");
  add.hidden = Boolean(row);
  add.dataset.signs = "itself";
  add.addEventListener("submit", async (event) => {
    event.preventDefault();
    const made = { ...(await fresh()), origin: page.dataset.origin };
    await keep(made);
    add.elements.public.value = made.public;
    add.submit();
  });
  const recovery = page.querySelector("[data-recovery]");
  recovery.hidden = !row;
  recovery.querySelector("[data-make]").addEventListener("click", async (event) => {
    const code = written(crypto.getRandomValues(new Uint8Array(16)));
    recovery.elements.public.value = (await fromCode(code)).public;
    recovery.querySelector("[data-code]").textContent = code;
    recovery.querySelector("[data-shown]").hidden = false;
    recovery.querySelector("[data-keep-code]").hidden = false;
    event.target.hidden = true;
  });
  const use = page.querySelector("[data-use]");
  use.hidden = Boolean(row) || !("any" in page.dataset);
  const form = use.querySelector("form");
  form.dataset.signs = "itself";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { origin } = page.dataset;
      const code = { ...(await fromCode(use.querySelector("[data-typed]").value)), origin };
      const made = { ...(await fresh()), origin };
      form.elements.public.value = made.public;
      if (!(await signed(form, code))) throw new Error("This is not a recovery code that signs for you.");
      await keep(made);
      form.submit();
    } catch (trouble) {
      say(trouble.message);
    }
  });
}
