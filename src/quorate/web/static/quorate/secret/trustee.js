// The trustee's page, of a register and of the boxes by it. It asks the server again and again what is next,
// and does it with the trustee's file as soon as that is chosen: so those who sit in one room are through in
// a minute, and those who come one after the other find where it stands. The file goes to workers only; what
// they make (trustee_steps.js) is handed in.

import { NotDone, work } from "../../ballots/booth.js";
import { unable } from "../../ballots/able.js";
import { handIn } from "./handing_in.js";
import { copying, save, say, telling } from "./saying.js";
import { MAKES, SEEN, about, problem, witnessed } from "./trustee_steps.js";
import { inWords } from "./words.js";

const SOON = 2000, LATER = 15_000; // ms between two looks
const FOR_OTHERS = 15_000; // so long a trustee whose turn comes later leaves it to the one before
const TURNS = ["mix", "shuffle"];
const IDLE = ["claims", "voting", "papers"]; // nothing is done by anybody's page

const page = document.querySelector("[data-trustee]");
const part = (name) => page.querySelector(`[data-${name}]`);
const { me, purpose, register, below, act, file: whole, proof, key, origin } = page.dataset;
const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
const show = (name, shown) => { part(name).hidden = !shown; };

let file = null; // the chosen file, once it is known to be the right one
let own = null; // the signing key that it gives
let fresh = null; // { file, own }: a new key whose file is not chosen yet
let now = null; // what the server said last
let handed = null; // what was handed in and is not seen in the answers yet: step and what it was made of
let complained = ""; // the step at which something was wrong that is still to be read
let unwitnessed = ""; // what is to be decrypted though no witness has seen it
let turnSince = [0, ""];

const signingKey = (certificate) => JSON.parse(JSON.parse(certificate).message).verification;
const tell = telling(part("progress"));

// A new key: its file is saved, and has to be chosen again before anything is handed in.
async function make() {
  const made = await work("begin", about(now, purpose), { tell });
  fresh = { file: made.file, own: signingKey(made.certificate) };
  download();
  complained = "";
  show("make", false);
  show("saved", true);
  show("choose", true);
  say(part("said"), ["Your key is made, and its file was given to you to save. Now choose that file below: so it is sure that you have it."]);
  part("choose").querySelector("input").focus();
}
const download = () => save(`trustee-key-register-${register}.json`, fresh.file);

// The file that was chosen: for this register, and of the key that the record has of this trustee.
async function choose(chosen) {
  const certificate = await work("again", { ...about(now, purpose), file: chosen }, { tell });
  const theirs = signingKey(certificate);
  if (fresh && theirs !== fresh.own) {
    throw problem("This is another file than the one that was saved just now. Choose the new one; or save it again.");
  }
  const expected = now.certificate ? signingKey(now.certificate) : now.key;
  if (!fresh && expected && theirs !== expected) throw new NotDone("another-key", "");
  if (fresh && now.key && !now.certificate && now.key !== theirs) {
    throw problem("Another key was named for you than this new one. Give the new key to whoever names you, or choose the file of the one that was named.");
  }
  [file, own, fresh] = [chosen, theirs, null];
  for (const name of ["make", "saved", "choose"]) show(name, false);
  show("file", true);
  part("file-name").textContent = chosen.name;
}

// Whose turn comes later waits a while for the ones before, who may be there.
function ourTurn() {
  const [since, before] = turnSince;
  if (before !== now.before) turnSince = [Date.now(), now.before];
  return now.turn === 0 || (before === now.before && Date.now() - since > now.turn * FOR_OTHERS);
}

// One look: what is next, and doing it if it can be done. Says in how many ms to look again; 0: no more.
async function look() {
  const answer = await fetch(`${below}/next`, { cache: "no-store", headers: { Accept: "application/json" } })
    .catch(() => { throw problem("The server does not answer. The page tries again by itself."); });
  const read = await answer.json().catch(() => ({}));
  if (!answer.ok) throw problem(...(read.said ?? ["The server does not answer as it should. The page tries again by itself."]));
  now = read;
  document.querySelector("[data-shown]").innerHTML = now.shown; // made by the server's own template
  if (now.step === "void" || now.step === "over") return ended();
  if (handed === standing(now)) return SOON;
  const stated = now.step === "roll" || now.step === "result";
  if (now.step in MAKES && (file || stated)) return does();
  offer();
  return IDLE.includes(now.step) ? LATER : SOON;
}

// What a step is made from: the same is not handed in twice.
const standing = ({ step, election, before, stating }) => JSON.stringify([step, election, before, stating]);

async function does() {
  const [step, before] = [now.step, standing(now)];
  say(part("said"), [now.said]);
  if (file) show("file", true);
  try {
    const on = { now, register, file, purpose, tell, whole, proof, key, origin };
    if (TURNS.includes(step) && !ourTurn()) return SOON;
    if (step in SEEN && !(await witnessed(on)) && unwitnessed !== before) return waits(step);
    const made = await MAKES[step](on);
    if (!made) return SOON;
    await handIn(act, made[0], made[1], { me, token });
    handed = before;
    show("unwitnessed", false);
  } catch (trouble) {
    if (trouble.status !== 409) throw trouble;
    const again = await fetch(`${below}/next`, { cache: "no-store" }).then((answer) => answer.json());
    if (standing(again) === before) throw trouble; // else somebody was faster, in this or another browser
    if (step === "certify") file = null;
  } finally {
    part("progress").hidden = true;
  }
  return 200;
}

function waits(step) {
  show("unwitnessed", true);
  part("unseen").textContent = SEEN[step].called;
  say(part("said"), [`It waits until a witness has seen ${SEEN[step].called}: then nobody can have anything else decrypted.`]);
  return SOON;
}

// What the person has to do for it to go on. What was wrong stays there until it goes on.
function offer() {
  const put = (said) => { if (complained !== now.step) say(part("said"), said); };
  const begins = now.step === "certify" || now.step === "named";
  const needs = ["share", "confirm", "mix", "decrypt", "shuffle", "open"].includes(now.step);
  const early = ["wait", "voting", "papers"].includes(now.step);
  if (!file && !fresh) {
    show("make", begins);
    show("choose", begins ? part("choose").dataset.wanted === "yes" : needs || early);
    if (begins) put([]);
    else put(needs ? [`${now.said} Choose your key file, and this page does it.`] : [now.said]);
    return;
  }
  if (fresh) return;
  show("file", true);
  show("pass-on", now.step === "named");
  part("key").textContent = own;
  put(now.step === "named"
    ? ["Your file is right. Pass the key below on to whoever names you. Leave this page open, or come back to it with your file: it goes on by itself."]
    : [now.said]);
}

function ended() {
  for (const name of ["make", "saved", "choose", "file", "pass-on", "unwitnessed"]) show(name, false);
  say(part("said"), [now.said], now.step === "void");
  part("said").classList.toggle("receipt", now.step === "over");
  return now.ends ? 0 : LATER;
}

let stopped = false;
async function goOn() {
  if (stopped) return;
  let wait;
  try {
    wait = await look();
  } catch (trouble) {
    say(part("said"), inWords(trouble), true);
    // What the network did is tried again; what does not hold is not.
    wait = trouble.code && trouble.code !== "not-loaded" ? 0 : SOON * 2;
    if (trouble.status) wait = 0;
  }
  if (wait) setTimeout(goOn, wait);
  else show("again", !now?.ends);
}

async function pressed(what) {
  show("again", false);
  try {
    await what();
    complained = "";
    part("progress").hidden = true;
    return true;
  } catch (trouble) {
    part("progress").hidden = true;
    complained = now?.step ?? "";
    say(part("said"), inWords(trouble), true);
    part("said").focus();
    return false;
  }
}

const missing = typeof Worker === "function" ? unable() : "no-workers";
if (missing) {
  say(part("said"), inWords(new NotDone(missing, "")), true);
} else {
  part("make").querySelector("button").addEventListener("click", () => pressed(make));
  part("have").addEventListener("click", () => {
    part("choose").dataset.wanted = "yes";
    show("choose", true);
    part("choose").querySelector("input").focus();
  });
  part("saved").querySelector("button").addEventListener("click", download);
  part("choose").querySelector("input").addEventListener("change", async ({ target }) => {
    const [chosen] = target.files;
    target.value = "";
    if (chosen && (await pressed(() => choose(chosen)))) offer();
  });
  part("another").addEventListener("click", () => {
    [file, own, fresh] = [null, null, null];
    for (const name of ["file", "pass-on"]) show(name, false);
    offer();
    show("choose", true);
  });
  part("unwitnessed").querySelector("button").addEventListener("click", () => { unwitnessed = standing(now); show("unwitnessed", false); });
  part("again").querySelector("button").addEventListener("click", () => { show("again", false); goOn(); });
  copying(part("copy"), part("key"));
  say(part("said"), []);
  addEventListener("pagehide", () => { stopped = true; });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  goOn();
}
