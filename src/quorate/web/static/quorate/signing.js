// Signing what a member does with a key that never leaves this browser.
//
// A form that does an act is held back, the server says what its entry would hold, the browser looks
// whether that is what was chosen, signs it (Ed25519), and sends it with the signature. Where this
// browser has no key for the member, or the key does not count yet, the form goes as it is.

import { hex, utf8 } from "./proof.js";

const coded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
const me = document.querySelector('meta[name="member"]')?.content;

// The keys that this browser holds: member → { keys, public }. They cannot be taken out of it.
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

// Whether the text is of this act and holds what the form says: every plain field as it is, every
// sealed choice and text by its commitment.
async function isMine(text, fields, at, act, data) {
  const [kind, , by, time, name, body] = text.split("\n");
  if (kind !== "quorate/act/1" || by !== me || time !== String(at) || name !== act) return false;
  const recorded = JSON.parse(body);
  const left = Object.entries(recorded).filter(([field]) => !(field in fields) && field !== "words");
  if (left.some(([, value]) => value && value.length !== 0)) return false; // nothing is slipped in
  for (const [field, given] of Object.entries(fields)) {
    const salted = given && typeof given === "object" && "salt" in given;
    if (!salted) {
      if (JSON.stringify(recorded[field]) !== JSON.stringify(given)) return false;
    } else if ("choice" in given) {
      const chosen = data.get(field);
      if (chosen !== null && chosen.trim() !== String(given.choice)) return false;
      const payload = given.choice === "blank" ? "" : String(given.choice);
      if (recorded[field] !== (await commitment("quorate/choice/v1", given.salt, payload))) return false;
    } else if ("text" in given) {
      const typed = data.get(field);
      if (typed && typed.replaceAll("\r\n", "\n") !== given.text.replaceAll("\r\n", "\n")) return false;
      const payload = JSON.stringify({ text: given.text, title: given.title.split(/\s+/).filter(Boolean).join(" ") });
      if (recorded[field] !== (await commitment("quorate/document/v1", given.salt, payload))) return false;
    }
  }
  return true;
}
async function commitment(domain, salt, payload) {
  const whole = new Uint8Array([...utf8.encode(domain), 0, ...unhex(salt), ...utf8.encode(payload)]);
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", whole)));
}

async function signed(form, device) {
  const action = new URL(form.action);
  const act = action.pathname.replace(/^\/act\//, "").replace(/\/$/, "");
  const at = Date.now();
  const data = new FormData(form);
  data.set("at", at);
  data.set("device", device.public);
  const answer = await fetch(`/act/${act}/prepare`, { method: "POST", body: data });
  if (!answer.ok) return false; // what is wrong with the form is said when it is handed in
  const { fields, text } = await answer.json();
  if (!text) return false;
  if (!(await isMine(text, fields, at, act, data))) {
    throw new Error("The server wanted something else signed than what stands here. Nothing was done. Tell your branch.");
  }
  const value = coded(await crypto.subtle.sign({ name: "Ed25519" }, device.key, utf8.encode(text)));
  put(form, "signed", JSON.stringify({ device: device.public, at, value }));
  put(form, "filled_in", JSON.stringify(fields));
  return true;
}
function put(form, name, value) {
  const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

async function send(form, device) {
  try {
    if (device) await signed(form, device);
    form.submit();
  } catch (trouble) {
    const said = Object.assign(document.createElement("div"), { className: "said refusal", role: "alert" });
    said.append(Object.assign(document.createElement("p"), { textContent: trouble.message }));
    form.prepend(said);
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
    const made = await fresh();
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
      const code = await fromCode(use.querySelector("[data-typed]").value);
      const made = await fresh();
      form.elements.public.value = made.public;
      if (!(await signed(form, code))) throw new Error("This is not a recovery code that signs for you.");
      await keep(made);
      form.submit();
    } catch (trouble) {
      say(trouble.message);
    }
  });
}
